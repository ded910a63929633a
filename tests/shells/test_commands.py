# SPDX-License-Identifier: Apache-2.0
"""The commands around activation, and the shims."""

import json
import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def project(home):
    return home.project_on("1.22.6")


def shim(home, cwd, name="go", *arguments, env=None):
    """Runs a shim as a program that knows only the shims' directory."""
    return subprocess.run(
        [home.govhome / "shims" / name, *arguments],
        cwd=cwd,
        env={**home.env, **(env or {})},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def shims(home):
    """The shims, as a project with a missing release makes them."""
    home.run("export", "bash", cwd=home.project_on("1.21.1"))


def script_go(home, release, text) -> None:
    """Puts a script in the place of a toolchain's go."""
    go = home.goroot(release) / "bin/go"
    go.unlink()
    go.write_text(f"#!/bin/sh\n{text}\n")
    go.chmod(0o755)


def test_current_tells_the_version_and_why(home, project):
    (project / "sub").mkdir()
    assert home.run("current", cwd=project / "sub").stdout == (
        f"go1.22.6 ({project}/.gotoolchain.toml:1)\n"
    )
    told = home.run("current", "--json", cwd=project).json
    assert told == {
        "version": "go1.22.6",
        "origin": "pin",
        "installed": True,
        "file": f"{project}/.gotoolchain.toml",
        "line": 1,
        "goroot": str(home.goroot("go1.22.6")),
    }
    told = home.run("current", cwd=project, env={"GOV_VERSION": "1.24.13"})
    assert told.stdout == "go1.24.13 (GOV_VERSION)\n"


def test_current_says_what_stands_in_the_way(home, project):
    (project / "go.mod").write_text("module m\n\ngo 1.30\n")
    told = home.run("current", cwd=project)
    assert "go.mod requires go >= 1.30 but the pin is 1.22.6" in told.stderr
    assert home.run("current", "--json", cwd=project).json["missed_floor"]["version"] == "1.30"
    missing = home.run("current", cwd=home.project_on("1.21.1"))
    assert missing.stdout.startswith("go1.21.1 (")
    assert "is not installed" in missing.stderr
    nothing = home.run("current", check=6)
    assert nothing.stdout == ""
    assert "gov: hint: pin one with gov use VERSION" in nothing.stderr


def test_which_tells_paths_of_tools(home, project):
    assert home.run("which", cwd=project).stdout == home.bin("go1.22.6") + "/go\n"
    assert home.run("which", "gofmt", cwd=project).stdout == home.bin("go1.22.6") + "/gofmt\n"
    unknown = home.run("which", "gofumpt", cwd=project, check=1)
    assert "go1.22.6 has no tool gofumpt" in unknown.stderr
    home.run("which", "../../../../bin/sh", cwd=project, check=1)
    home.run("which", cwd=home.project_on("1.21.1"), check=6)
    home.run("which", check=6)


def test_env_tells_what_is_set_here(home, project):
    path = home.bin("go1.22.6") + ":" + home.env["PATH"]
    wanted = {"GOROOT": str(home.goroot("go1.22.6")), "GOTOOLCHAIN": "local", "PATH": path}
    lines = "".join(f"{name}={value}\n" for name, value in wanted.items())
    assert home.run("env", cwd=project).stdout == lines
    assert home.run("env", "--json", cwd=project).json == wanted
    home.run("default", "1.24.13")
    assert list(home.run("env", "--json").json) == ["PATH"]


def test_env_tells_where_gov_keeps_things(home):
    places = home.run("env", "--gov", "--json").json
    assert places["home"] == str(home.govhome)
    assert places["state"] == home.env["XDG_STATE_HOME"] + "/gov"
    assert f"cache={home.env['XDG_CACHE_HOME']}/gov\n" in home.run("env", "--gov").stdout


def test_exec_runs_with_the_toolchain_and_returns_the_status(home, project):
    command = ("sh", "-c", 'echo "$GOROOT $GOTOOLCHAIN $PATH ${GOV_STATE-none}"; exit 7')
    told = home.run("exec", "--", *command, cwd=project, check=7)
    goroot = home.goroot("go1.22.6")
    assert told.stdout == f"{goroot} local {goroot}/bin:{home.env['PATH']} none\n"
    other = home.run("exec", "1.24.13", "--", "sh", "-c", "command -v go; gov current", cwd=project,
                     env={"PATH": f"{home.binary.parent}:{home.env['PATH']}"})
    assert other.stdout == f"{home.bin('go1.24.13')}/go\ngo1.24.13 (GOV_VERSION)\n"


def test_exec_in_another_project_s_shell_undoes_that_project(home, project):
    shell = home.run("exec", "--", "env", cwd=project)
    assert "GOV_STATE" not in shell.stdout
    state = f"1;+{home.bin('go1.22.6')};GOROOT={home.goroot('go1.22.6')}<=/own;GOTOOLCHAIN=local<"
    inside = {
        "GOV_STATE": state,
        "GOROOT": str(home.goroot("go1.22.6")),
        "GOTOOLCHAIN": "local",
        "PATH": home.bin("go1.22.6") + ":" + home.env["PATH"],
    }
    home.run("default", "1.24.13")
    told = home.run("exec", "--", "sh", "-c", 'echo "$GOROOT ${GOTOOLCHAIN-none} $PATH"', env=inside)
    assert told.stdout == f"/own none {home.bin('go1.24.13')}:{home.env['PATH']}\n"


def test_exec_tells_its_own_failures_from_the_command_s(home, project):
    assert "run: gov install go1.21.1" in home.run(
        "exec", "--", "true", cwd=home.project_on("1.21.1"), check=127
    ).stderr
    home.run("exec", "--", "no-such-program", cwd=project, check=127)
    home.run("exec", "--", "/etc/passwd", cwd=project, check=126)
    home.run("exec", "--", "true", check=6)
    home.run("exec", "newest", "--", "true", cwd=project, check=125)
    (project / ".gotoolchain.toml").write_text("go = 1\n")
    home.run("exec", "--", "true", cwd=project, check=125)
    home.run("exec", check=2)
    home.run("exec", "--", check=2)


def test_in_a_deleted_directory_exec_fails_as_itself(home):
    gone = home.root / "gone"
    gone.mkdir()
    script = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
    for words, code in ((("exec", "--", "true"), 125), (("current",), 1), (("--version",), 0)):
        command = ["sh", "-c", script, "sh", gone, home.binary, *words]
        told = subprocess.run(command, env=home.env, capture_output=True, text=True)
        assert told.returncode == code, told.stderr
        assert code == 0 or "gov: the current directory no longer exists\n" in told.stderr
        gone.mkdir()


def test_hook_names_the_nearest_shell(home):
    refused = home.run("hook", "bsh", check=2)
    assert "gov: hint: did you mean bash?" in refused.stderr
    home.run("hook", check=2)


def test_a_shim_runs_the_tool_of_its_own_directory(home, project, shims):
    script_go(home, "go1.22.6", 'echo "$0|$*|$GOROOT|$GOTOOLCHAIN|$PATH|$1|$2"; exit 9')
    told = shim(home, project, "go", "a b", "", "$(x)")
    goroot = home.goroot("go1.22.6")
    assert told.returncode == 9
    assert told.stdout == (
        f"{goroot}/bin/go|a b  $(x)|{goroot}|local|{goroot}/bin:{home.env['PATH']}|a b|\n"
    )


def test_a_shim_needs_nothing_on_path(home, project, shims):
    script_go(home, "go1.22.6", "echo ran")
    assert shim(home, project, env={"PATH": ""}).stdout == "ran\n"


def test_a_shim_of_a_missing_release_fails_with_the_line_of_the_prompt(home, shims):
    project = home.project_on("1.21.1")
    told = shim(home, project, "gofmt", "-l")
    assert told.returncode == 127
    assert told.stderr == (
        f"gov: go1.21.1 is not installed ({project}/.gotoolchain.toml:1); "
        "run: gov install go1.21.1\n"
    )


def test_a_shim_where_nothing_is_chosen_says_what_to_do(home, shims):
    told = shim(home, home.root)
    assert told.returncode == 127
    assert told.stderr == (
        "gov: no Go version is chosen here; "
        "pin one with gov use VERSION, or choose gov default VERSION\n"
    )


def test_a_shim_with_a_default_leaves_goroot_alone(home, shims):
    home.run("default", "1.22.6")
    script_go(home, "go1.22.6", 'echo "${GOROOT-none} ${GOTOOLCHAIN-none}"')
    assert shim(home, home.root).stdout == "none none\n"


def test_a_shim_never_calls_itself(home, project, shims):
    go = home.goroot("go1.22.6") / "bin/go"
    go.unlink()
    go.symlink_to(home.govhome / "shims/go")
    told = shim(home, project, "go", "version")
    assert told.returncode == 125
    assert "is gov itself" in told.stderr


def test_a_shim_with_a_bad_pin_tells_where(home, project, shims):
    (project / ".gotoolchain.toml").write_text("go = 1\n")
    told = shim(home, project)
    assert told.returncode == 125
    assert told.stderr.startswith(f"gov: {project}/.gotoolchain.toml:1:6: ")
    assert told.stderr.count("\n") == 1


def test_the_stand_in_is_repaired(home, shims):
    (home.govhome / "shims/go").unlink()
    (home.govhome / "shims/gofmt").unlink()
    (home.govhome / "shims/gofmt").symlink_to("/nonexistent")
    home.run("export", "bash", cwd=home.project_on("1.21.1"))
    for name in ("go", "gofmt"):
        assert os.path.samefile(home.govhome / "shims" / name, home.binary)


def test_an_unknown_reader_is_refused(home):
    assert "gov: hint:" in home.run("export", "jsn", check=2).stderr
    assert json.loads(home.run("env", "--gov", "--json").stdout)


def test_current_explains_the_chain_and_what_plain_go_would_do(home):
    project = home.root / "p"
    (project / "sub").mkdir(parents=True)
    (project / ".tool-versions").write_text("nodejs 20\n")
    (project / "go.mod").write_text("module m\n\ngo 1.22\n\ntoolchain go1.24.13\n")
    home.run("default", "1.22.6")
    told = home.run("current", "--explain", cwd=project / "sub", env={"GOTOOLCHAIN": "auto"})
    assert told.stdout == f"""\
go1.24.13 is in effect here, chosen by {project}/go.mod:5

Who is asked, in this order; the first that asks for a release decides. A go line only
says the oldest Go that will do: it decides where the default is older, or there is none.
  1. GOV_VERSION, in this session
       nothing
  2. pin files, the nearest first
       {project}/.tool-versions says nothing of Go
  3. Go's own go.work or go.mod
       {project}/go.mod:3 go 1.22: the oldest Go that will do
       {project}/go.mod:5 toolchain go1.24.13: the release to use  <- decides
  4. pin files in your home or above
       nothing
  5. gov default
       is go1.22.6

Without gov go1.22.6 would run go1.24.13, downloaded if need be: {project}/go.mod:5 names it and it is newer.
"""


@pytest.mark.parametrize(
    "setting, lines, sentence",
    (
        ("local", "go 1.22", "go1.22.6 would do the work itself, since GOTOOLCHAIN=local keeps it from switching."),
        ("local", "go 1.24", "keeps it from switching, and then fail: {mod}:3 wants Go 1.24 or newer."),
        ("auto", "go 1.22", "go1.22.6 would do the work itself: it is as new as its file asks for."),
        ("auto", "go 1.24", "go1.22.6 would run go1.24.0, downloaded if need be: {mod}:3 wants no older Go."),
        ("path", "go 1.24", "look on PATH for a program go1.24.0 and run it: {mod}:3 wants no older Go."),
        ("auto", "go 1.24\ntoolchain default", "its file says toolchain default, and then fail: {mod}:3 wants"),
        ("go1.21.1", "go 1.24", "would run go1.21.1, downloaded if need be: GOTOOLCHAIN=go1.21.1, and then fail"),
        ("1.21.1", "go 1.24", 'go1.22.6 would stop: GOTOOLCHAIN="1.21.1" names no toolchain.'),
        ("auto", "toolchain gopher", 'go1.22.6 would stop: "gopher" is no toolchain.'),
    ),
)
def test_what_plain_go_would_do_is_a_sentence(home, setting, lines, sentence):
    mod = home.project / "go.mod"
    mod.write_text(f"module m\n\n{lines}\n")
    home.run("default", "1.22.6")
    told = home.run("current", "--explain", env={"GOTOOLCHAIN": setting}).stdout.splitlines()[-1]
    assert told.startswith("Without gov go1.22.6 would ")
    assert told.endswith(sentence.format(mod=mod)) or sentence.format(mod=mod) in told


def test_an_explanation_shows_what_is_wrong_instead_of_failing(home):
    (home.project / ".go-version").write_text("1.22.6.1\n")
    told = home.run("current", "--explain").stdout
    assert told.startswith("no Go is in effect here: ")
    assert f"{home.project}/.go-version cannot be understood: " in told
    (home.project / ".go-version").unlink()
    assert home.run("current", "--explain").stdout.startswith("gov chooses no Go here\n")
    loop = home.project / "go.work"
    loop.symlink_to("go.work")
    assert home.run("current", "--explain", "--json").json["chain"] == []


def test_goroot_is_printed_for_what_is_in_effect_or_named(home, project):
    assert home.run("goroot", cwd=project).stdout == f"{home.goroot('go1.22.6')}\n"
    assert home.run("goroot", "stable", cwd=project).stdout == f"{home.goroot('go1.24.13')}\n"
    assert home.run("goroot", "1.21", check=6).stderr == (
        "gov: no installed release is 1.21\ngov: hint: run: gov install 1.21\n"
    )


def test_a_matrix_runs_a_command_with_each_release_and_keeps_the_logs(home, project):
    script = 'echo "$GOROOT $GOV_VERSION"; case $GOROOT in *1.24*) echo oops >&2; echo end; exit 3;; esac'
    told = home.run("run", "--matrix", "1.22,stable,1.22.6", "--", "sh", "-c", script, cwd=project, check=3)
    rows = [line.split() for line in told.stdout.splitlines()]
    assert [row[:2] for row in rows] == [["go1.22.6", "ok"], ["go1.24.13", "failed"]]
    assert "gov: go1.22.6: ok after " in told.stderr and "gov: go1.24.13: failed 3 after " in told.stderr
    logs = [Path(row[-1]).read_text() for row in rows]
    assert logs[0] == f"{home.goroot('go1.22.6')} go1.22.6\n"
    assert logs[1] == f"{home.goroot('go1.24.13')} go1.24.13\noops\nend\n"  # as it came
    rows = home.run("run", "--json", "--matrix", "1.22.6", "--", "true", cwd=project).json
    assert rows[0]["version"] == "go1.22.6" and rows[0]["status"] == 0


def test_the_runs_of_a_matrix_are_at_the_same_time(home, project):
    meet = 'touch "met-$GOV_VERSION"; i=0; while [ $(ls met-* | wc -l) -lt 2 ]; do i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.05; done'
    if os.cpu_count() == 1:
        pytest.skip("one processor runs one at a time")
    home.run("run", "--matrix", "1.22.6,1.24.13", "--", "sh", "-c", meet, cwd=project)


def test_a_matrix_names_all_that_is_missing(home, project):
    told = home.run("run", "--matrix", "1.21,1.22,1.20.3", "--", "go", cwd=project, check=6)
    assert told.stderr == "gov: not installed: 1.21 1.20.3\ngov: hint: run: gov install 1.21 1.20.3\n"
    home.run("run", "--", "go", cwd=project, check=2)
    home.run("run", "--matrix", "1.22", cwd=project, check=2)
    told = home.run("run", "--matrix", "1.22,1.24.13", "--", "nothing-such", cwd=project, check=127)
    assert "there is no program nothing-such" in told.stderr
    assert [line.split()[1:3] for line in told.stdout.splitlines()] == [["not", "run"]] * 2
