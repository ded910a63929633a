# SPDX-License-Identifier: Apache-2.0
"""What happens to the shell as its user moves between directories and edits pins."""

import os
import shutil
import time

import pytest


def touch_later(path) -> None:
    """Gives the file a modification time that it has not had before."""
    now = time.time_ns()
    os.utime(path, ns=(now, now + 1))


def active(shell) -> dict:
    """What gov may have set, and PATH."""
    environment = shell.environment()
    names = ("GOROOT", "GOTOOLCHAIN", "GOV_STATE", "PATH")
    return {name: environment[name] for name in names if name in environment}


def assert_on(shell, home, release: str) -> None:
    environment = active(shell)
    assert environment["GOROOT"] == str(home.goroot(release))
    assert environment["GOTOOLCHAIN"] == "local"
    assert environment["PATH"] == home.bin(release) + ":" + home.env["PATH"]


def assert_off(shell, home) -> None:
    assert active(shell) == {"PATH": home.env["PATH"]}


def assert_stand_in(shell, home) -> None:
    environment = active(shell)
    assert "GOROOT" not in environment and "GOTOOLCHAIN" not in environment
    assert environment["PATH"] == home.shims + ":" + home.env["PATH"]


def test_a_project_is_entered_and_left(home, start):
    project = home.project_on("1.22.6")
    (project / "sub/deep").mkdir(parents=True)
    shell = start()
    assert_off(shell, home)
    assert shell.cd(project).said == []
    assert_on(shell, home, "go1.22.6")
    shell.cd("sub/deep")
    assert_on(shell, home, "go1.22.6")
    shell.cd(home.root)
    assert_off(shell, home)


def test_the_go_that_runs_is_the_pinned_one(home, start, programs):
    if "go1.22.6" not in str(programs["go1.22.6"]):
        pytest.skip("no genuine releases on this machine")
    shell = start(home.project_on("1.22.6"))
    assert "go version go1.22.6 " in shell.do("go version").text
    shell.cd(home.project_on("1.24.13"))
    assert "go version go1.24.13 " in shell.do("go version").text


def test_a_shell_that_starts_in_a_project_is_in_it(home, start):
    shell = start(home.project_on("1.22.6"))
    assert shell.first.said == []
    assert_on(shell, home, "go1.22.6")


def test_projects_are_switched_and_nested(home, start):
    outer = home.project_on("1.22.6", "outer")
    inner = home.project_on("1.24.13", "outer/inner")
    shell = start(outer)
    for _ in range(2):  # the second time from what the shell remembers
        shell.cd(inner)
        assert_on(shell, home, "go1.24.13")
        shell.cd(outer)
        assert_on(shell, home, "go1.22.6")
    shell.cd("/")
    assert_off(shell, home)


@pytest.mark.parametrize("goroot", (None, "", "/usr/local/go"))
@pytest.mark.parametrize("gotoolchain", (None, "", "auto", "local"))
def test_leaving_gives_back_what_was_there(home, start, goroot, gotoolchain):
    given = {"GOROOT": goroot, "GOTOOLCHAIN": gotoolchain}
    shell = start(env=given)
    before = active(shell)
    for directory in (home.project_on("1.22.6"), home.project_on("1.21.1"), "/"):
        shell.cd(directory)
    assert active(shell) == before
    assert before == {k: v for k, v in {**given, "PATH": home.env["PATH"]}.items() if v is not None}


def test_a_variable_that_the_user_changed_inside_stays_and_that_is_said(home, start, name):
    shell = start(home.project_on("1.22.6"))
    shell.do("set -gx GOROOT /mine" if name == "fish" else "export GOROOT=/mine")
    assert shell.value("GOROOT") == "/mine"
    assert shell.cd("/").said == ["gov: GOROOT is no longer what gov set it to: it stays as it is"]
    assert active(shell) == {"PATH": home.env["PATH"], "GOROOT": "/mine"}
    assert shell.cd(home.root).said == []


def test_edits_of_path_inside_outlive_the_leaving(home, start, name):
    shell = start(home.project_on("1.22.6"))
    shell.do(
        "set -gx PATH /first $PATH /last" if name == "fish" else 'PATH="/first:$PATH:/last"'
    )
    shell.cd("/")
    assert shell.value("PATH") == f"/first:{home.env['PATH']}:/last"


def test_a_missing_release_is_said_once_and_its_install_noticed(home, start):
    project = home.project_on("1.21.1")
    (project / "sub").mkdir()
    shell = start()
    line = f"go1.21.1 is not installed ({project}/.gotoolchain.toml:1); run: gov install go1.21.1"
    assert shell.cd(project).said == [f"gov: {line}"]
    assert_stand_in(shell, home)
    for directory in ("sub", "/", project) * 3:
        assert shell.cd(directory).said == []
    touch_later(project / ".gotoolchain.toml")
    assert shell.do("").said == []
    (project / "sub/go.mod").write_text("module m\n")
    assert shell.cd("sub").said == []
    go = shell.do("go version")
    assert (go.status, go.said) == (127, [f"gov: {line}"])
    home.install("go1.21.1")
    assert shell.do("").said == []
    assert_on(shell, home, "go1.21.1")
    shutil.rmtree(home.goroot("go1.21.1"))
    assert shell.do("").said == [f"gov: {line}"]
    assert_stand_in(shell, home)
    shell.cd("/")
    assert_off(shell, home)


def test_a_bad_pin_file_is_said_with_line_and_column_and_its_repair_noticed(home, start):
    project = home.project_on("1.22.6")
    shell = start(project)
    (project / ".gotoolchain.toml").write_text('go = "1.22.6"\ngoo = 1\n')
    assert shell.do("").said == [
        f'gov: {project}/.gotoolchain.toml:2:1: unknown key "goo"; did you mean "go"?'
    ]
    assert_stand_in(shell, home)
    assert shell.do("").said == []
    home.pin(project, "1.22.6")
    assert shell.do("").said == []
    assert_on(shell, home, "go1.22.6")


def test_edits_deletion_and_nearer_files_are_noticed_at_the_next_prompt(home, start):
    outer = home.project_on("1.22.6", "p")
    inner = outer / "a/b"
    inner.mkdir(parents=True)
    shell = start(inner)
    home.pin(outer, "1.24.13")
    shell.do("")
    assert_on(shell, home, "go1.24.13")
    nearer = home.pin(outer / "a", "1.22.6")
    shell.do("")
    assert_on(shell, home, "go1.22.6")
    nearer.unlink()
    shell.do("")
    assert_on(shell, home, "go1.24.13")
    (outer / ".gotoolchain.toml").unlink()
    shell.do("")
    assert_off(shell, home)


def test_a_pin_replaced_by_an_older_file_is_noticed(home, start):
    project = home.project_on("1.22.6")
    other = home.pin(home.root / "elsewhere", "1.24.13")
    os.utime(other, ns=(10**18, 10**18))
    shell = start(project)
    shutil.copy2(other, project / ".gotoolchain.toml")
    shell.do("")
    assert_on(shell, home, "go1.24.13")


def test_a_pin_without_a_go_line_passes_on(home, start):
    outer = home.project_on("1.22.6", "p")
    (outer / "sub").mkdir()
    (outer / "sub/.gotoolchain.toml").write_text("# nothing yet\n")
    shell = start(outer / "sub")
    assert_on(shell, home, "go1.22.6")
    home.pin(outer, "1.24.13")
    shell.do("")
    assert_on(shell, home, "go1.24.13")


def test_gov_use_and_gov_default_are_noticed(home, start):
    project = home.root / "fresh"
    project.mkdir()
    shell = start(project)
    home.run("default", "1.22.6")
    shell.do("")
    assert active(shell) == {
        "PATH": home.bin("go1.22.6") + ":" + home.env["PATH"],
        "GOV_STATE": shell.value("GOV_STATE"),
    }
    home.run("use", "1.24.13", cwd=project)
    shell.do("")
    assert_on(shell, home, "go1.24.13")
    (project / ".gotoolchain.toml").unlink()
    (home.govhome / "default").unlink()
    shell.do("")
    assert_off(shell, home)


def test_the_session_override_goes_before_the_pin(home, start, name):
    shell = start(home.project_on("1.22.6"))
    export = "set -gx GOV_VERSION" if name == "fish" else "export GOV_VERSION="
    shell.do(f"{export} 1.24.13" if name == "fish" else f"{export}1.24.13")
    assert_on(shell, home, "go1.24.13")
    shell.do("set -e GOV_VERSION" if name == "fish" else "unset GOV_VERSION")
    assert_on(shell, home, "go1.22.6")
    said = shell.do(f"{export} newest" if name == "fish" else f"{export}newest").said
    assert said[0].startswith('gov: "newest" is no version, and no toolchain is linked')
    assert_stand_in(shell, home)


def test_a_pin_below_the_floor_of_go_mod_is_said_on_entering(home, start):
    project = home.project_on("1.22.6")
    (project / "go.mod").write_text("module m\n\ngo 1.23\n")
    shell = start()
    assert shell.cd(project).said == [
        f"gov: {project}/go.mod requires go >= 1.23 but the pin is 1.22.6 "
        f"({project}/.gotoolchain.toml:1); under GOTOOLCHAIN=local every go command will fail"
    ]
    assert_on(shell, home, "go1.22.6")
    assert shell.do("").said == []
    (project / "go.mod").write_text("module m\n\ngo 1.22\n")
    assert shell.do("").said == []


def test_a_child_shell_inherits_the_project_and_can_leave_it(home, start, name):
    project = home.project_on("1.22.6")
    parent = start(env={"GOROOT": "/own"})
    parent.cd(project)
    inherited = parent.environment()
    child = start(project, env=inherited)
    assert child.first.said == []
    assert_on(child, home, "go1.22.6")
    child.cd("/")
    assert active(child) == {"PATH": home.env["PATH"], "GOROOT": "/own"}


def test_a_child_whose_start_up_files_reset_path_gets_the_toolchain_first_again(home, start, name):
    parent = start(home.project_on("1.22.6"))
    fresh = {**parent.environment(), "PATH": "/opt/bin:" + home.env["PATH"]}
    child = start(home.project_on("1.22.6"), env=fresh)
    assert child.value("PATH") == f"{home.bin('go1.22.6')}:/opt/bin:{home.env['PATH']}"
    child.cd("/")
    assert child.value("PATH") == "/opt/bin:" + home.env["PATH"]


def test_two_sessions_in_one_project_notice_each_others_edits(home, start):
    project = home.project_on("1.22.6")
    shells = [start(project), start(project)]
    shells[0].do(f'echo \'go = "1.24.13"\' > {project}/.gotoolchain.toml')
    for shell in reversed(shells):
        shell.do("")
        assert_on(shell, home, "go1.24.13")


@pytest.mark.parametrize(
    "forged",
    (
        "1;LD_PRELOAD=/evil.so<",
        "1;GOROOT=/x</etc",
        "x" * 100_000,
        "$(touch PWN)",
        "",
        "1;+/usr/bin\n",
    ),
)
def test_a_forged_state_is_ignored(home, start, forged):
    shell = start(home.project_on("1.22.6"), env={"GOV_STATE": forged, "LD_PRELOAD_": "x"})
    assert_on(shell, home, "go1.22.6")
    shell.cd("/")
    assert_off(shell, home)
    assert not list(home.root.rglob("PWN"))


def test_the_status_of_the_last_command_is_kept(home, start, name):
    shell = start()
    for status in (0, 1, 3, 130):
        command = f"sh -c 'exit {status}'"
        assert shell.do(command).status == status
    project = home.project_on("1.22.6")
    moving = f"begin; cd {project}; false; end" if name == "fish" else f"{{ cd {project}; false; }}"
    assert shell.do(moving).status == 1  # also where the hook asks gov
    assert_on(shell, home, "go1.22.6")


def test_the_hook_keeps_the_status_also_for_who_calls_it(home, start, name):
    if name == "fish":
        pytest.skip("fish keeps the status of event handlers apart")
    assert "<3>" in start().do("(exit 3); __gov_hook; echo \"<$?>\"").text


def test_the_hook_evaluated_again_runs_once_a_prompt(home, start, name):
    project = home.project_on("1.21.1")
    shell = start(project)
    hook = f"{home.binary} hook {name}"
    for _ in range(2):
        again = shell.do(f"{hook} | source" if name == "fish" else f'eval "$({hook})"')
        assert len(again.said) <= 1
    assert_stand_in(shell, home)
    shell.cd("/")
    assert_off(shell, home)
    registered = {
        "bash": 'echo "$PROMPT_COMMAND" | grep -c __gov_hook',
        "zsh": "print -l $precmd_functions | grep -c __gov_hook",
        "fish": "functions --handlers | grep -c __gov_hook",
    }[name]
    assert "1" in shell.do(registered).lines


def test_gov_failing_is_said_once_and_the_shell_goes_on(home, start):
    project = home.project_on("1.22.6")
    gov, moved = home.binary, home.root / "moved-gov"
    shutil.copy(gov, moved)
    home.binary = moved
    shell = start()
    moved.unlink()
    first = shell.cd(project)
    assert str(moved) in first.text
    assert_off(shell, home)
    assert str(moved) not in shell.do("true").text
    project.joinpath("sub").mkdir()
    assert str(moved) not in shell.cd(project / "sub").text
    shutil.copy(gov, moved)
    shell.cd(project)
    assert_on(shell, home, "go1.22.6")


@pytest.mark.parametrize("answer", ("true", "echo touch PWN", "echo 'touch PWN;: gov-end'; false"))
def test_an_answer_that_is_not_whole_is_not_evaluated(home, start, answer):
    moved = home.root / "moved-gov"
    shutil.copy(home.binary, moved)
    home.binary = moved
    shell = start()
    moved.unlink()
    moved.write_text(f"#!/bin/sh\n{answer}\n")
    moved.chmod(0o755)
    said = shell.cd(home.project_on("1.22.6")).said
    assert said == ([] if "false" in answer else [f"gov: {moved} gave no answer"])
    assert shell.do("").said == []
    assert_off(shell, home)
    assert not list(home.root.rglob("PWN"))


@pytest.mark.parametrize("make", (os.mkfifo, os.mkdir), ids=("a FIFO", "a directory"))
def test_a_pin_that_is_no_file_blocks_nothing(home, start, make):
    project = home.root / "odd"
    project.mkdir()
    make(project / ".gotoolchain.toml")
    shell = start()
    (said,) = shell.cd(project).said
    assert "/odd/.gotoolchain.toml: not a regular file" in said
    assert_stand_in(shell, home)


def test_the_shell_stays_usable_where_its_directory_is_gone(home, start):
    project = home.project_on("1.22.6")
    (project / "sub").mkdir()
    shell = start(project / "sub")
    (project / "sub").rmdir()
    assert shell.do("").said == []
    assert_on(shell, home, "go1.22.6")
    shutil.rmtree(project)
    assert len(shell.do("").said) <= 2  # that it is gone, with a hint
    assert shell.do("").said == []
    assert shell.do("sh -c 'exit 3'").status == 3
    shell.cd("/")
    assert_off(shell, home)


def test_a_project_is_known_by_the_name_it_was_entered_by(home, start):
    project = home.project_on("1.22.6")
    link = home.root / "link"
    link.symlink_to(project)
    home.pin(home.root, "1.24.13")
    shell = start(link)
    assert_on(shell, home, "go1.22.6")
    link.unlink()
    link.symlink_to(home.root / "bin")
    shell.cd("/")
    shell.cd(home.root / "state/..")
    assert_on(shell, home, "go1.24.13")


def test_a_universal_variable_of_fish_outlives_a_project(home, start, name):
    if name != "fish":
        pytest.skip("only fish has universal variables")
    shell = start(before="set -Ux GOROOT /mine", bare=False)
    for directory in (home.project_on("1.22.6"), home.project_on("1.21.1")) * 2:
        assert len(shell.cd(directory).said) <= 1
        assert shell.do("set -qU GOROOT").status == 0
        if directory.name == "on-1.22.6":
            assert_on(shell, home, "go1.22.6")
        assert shell.cd("/").said == []
        assert shell.value("GOROOT") == "/mine"
    shell.do("set -U GOROOT /new")
    assert shell.value("GOROOT") == "/new"


def test_without_a_state_directory_the_shell_follows_all_the_same(home, start):
    (home.root / "state").write_text("in the way")
    project = home.project_on("1.22.6")
    shell = start(project)
    assert_on(shell, home, "go1.22.6")
    home.pin(project, "1.24.13")
    shell.do("")
    assert_on(shell, home, "go1.24.13")
    shell.cd("/")
    assert_off(shell, home)


def test_files_of_other_managers_and_of_go_are_followed(home, start, name):
    project = home.root / "p"
    (project / "sub").mkdir(parents=True)
    (project / ".go-version").write_text("v1.22.6\n")
    shell = start(project / "sub")
    assert_on(shell, home, "go1.22.6")
    (project / "sub/.tool-versions").write_text("nodejs 20\ngolang 1.21.1 1.24\n")
    assert shell.do("").said == []
    assert_on(shell, home, "go1.24.13")
    for file in (project / "sub/.tool-versions", project / ".go-version"):
        file.unlink()
    (project / "go.mod").write_text("module m\n\ngo 1.22\n\ntoolchain go1.24.13\n")
    shell.do("")
    assert_on(shell, home, "go1.24.13")
    (project / "go.mod").write_text("module m\n\ngo 1.22\n")
    shell.do("")
    assert_on(shell, home, "go1.22.6")
    (project / "go.work").write_text("go 1.23\n\nuse .\n")
    shell.do("")
    assert_on(shell, home, "go1.24.13")
    shell.do("set -gx GOWORK off" if name == "fish" else "export GOWORK=off")
    assert_on(shell, home, "go1.22.6")
    shell.do("set -e GOWORK" if name == "fish" else "unset GOWORK")
    assert_on(shell, home, "go1.24.13")
    shell.cd("/")
    assert_off(shell, home)


def test_a_range_follows_what_is_installed(home, start):
    project = home.project_on(">=1.21 <1.24")
    shell = start(project)
    assert_on(shell, home, "go1.22.6")
    assert shell.cd(home.project_on("1.21")).said == [
        f"gov: no installed release is 1.21 ({home.root}/on-1.21/.gotoolchain.toml:1); "
        "run: gov install"
    ]
    assert_stand_in(shell, home)
    home.install("go1.21.1")
    assert shell.do("").said == []
    assert_on(shell, home, "go1.21.1")


def test_a_default_that_is_a_range_follows_too(home, start):
    assert home.run("default", "1.22").stderr == (
        "gov: the newest release of Go 1.22 is the default where nothing is pinned, here go1.22.6\n"
    )
    shell = start()
    assert active(shell)["PATH"] == home.bin("go1.22.6") + ":" + home.env["PATH"]
    home.run("default", "stable")
    shell.do("")
    assert active(shell)["PATH"] == home.bin("go1.24.13") + ":" + home.env["PATH"]
    assert home.run("default").stdout == "go1.24.13\n"
