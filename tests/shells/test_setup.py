# SPDX-License-Identifier: Apache-2.0
"""gov setup, gov doctor and gov import, in homes as people have them."""

import os
import subprocess

import pexpect
import pytest

from conftest import require
from terminal import program

RC = {
    "bash": "home/.bashrc",
    "zsh": "home/.zshrc",
    "fish": "config/fish/config.fish",
    "elvish": "config/elvish/rc.elv",
    "tcsh": "home/.tcshrc",
}
# Starts the shell with its own start-up file and has it run a line at its first prompt.
START = {
    "bash": (("bash", "-i"), "PROMPT_COMMAND=$PROMPT_COMMAND$'\\n''echo =$GOROOT=; exit'\n"),
    "zsh": (
        ("zsh", "-o", "no_global_rcs", "-i"),
        'last() { echo "=$GOROOT="; exit; }\nprecmd_functions+=(last)\n',
    ),
    "fish": (("fish", "-i", "-C", "__gov_hook; echo =$GOROOT=; exit"), ""),
    "tcsh": (("tcsh",), "alias periodic 'precmd; echo =$GOROOT=; exit'\nset tperiod = 0\n"),
}


@pytest.mark.parametrize("shell", RC)
@pytest.mark.parametrize("text", (None, "", "# mine\nX=1\n", "# no end"))
def test_a_start_up_file_is_edited_and_given_back(home, shell, text):
    rc = home.root / RC[shell]
    if text is not None:
        rc.parent.mkdir(parents=True, exist_ok=True)
        rc.write_text(text)
        rc.chmod(0o600)
    told = home.run("setup", shell, "--yes")
    assert told.stdout.startswith(f"{rc}, line ")
    assert "+ # gov setup: begin" in told.stdout and "\n- " not in told.stdout
    assert rc.read_text().startswith(text or "")
    hook = home.root / f"config/gov/hook.{shell}"
    assert hook.read_text() == home.run("hook", shell).stdout
    if text is not None:
        assert rc.stat().st_mode & 0o777 == 0o600
    again = home.run("setup", shell, "--yes")
    assert again.stdout == "" and "it is set up already" in again.stderr
    undone = home.run("setup", shell, "--undo", "--yes")
    assert "- # gov setup: begin" in undone.stdout
    assert (rc.read_text() if rc.exists() else None) == (text or None)
    assert not hook.exists()
    assert "there is nothing to undo" in home.run("setup", shell, "--undo", "--yes").stderr


@pytest.mark.parametrize("shell", START)
def test_a_shell_that_was_set_up_follows_the_pin(home, shell):
    require(shell)
    command, after = START[shell]
    home.run("setup", shell, "--yes")
    rc = home.root / RC[shell]
    rc.write_text(rc.read_text() + after)
    project = home.project_on("1.22.6")
    child = pexpect.spawn(
        program(command[0]),
        list(command[1:]),
        env=home.environment({"TERM": "dumb"}),
        cwd=str(project),
        dimensions=(50, 2000),
        timeout=20,
    )
    child.expect_exact(f"={home.goroot('go1.22.6')}=")
    child.close(force=True)


@pytest.mark.parametrize(
    "shell, place", (("nu", "nushell/autoload/gov.nu"), ("direnv", "direnv/lib/gov.sh"))
)
def test_files_that_are_all_gov_s_are_written_and_removed(home, shell, place):
    home.run("setup", shell, "--yes")
    file = home.root / "config" / place
    assert file.read_text() == home.run("hook", shell).stdout
    home.run("setup", shell, "--undo", "--yes")
    assert not file.exists()
    file.write_text("somebody else's")
    refused = home.run("setup", shell, "--yes", check=1)
    assert "is there already and is none of gov's" in refused.stderr


def test_nothing_is_changed_without_being_told_to(home):
    rc = home.root / RC["bash"]
    refused = home.run("setup", "bash", check=2)
    assert "gov: hint: add --yes" in refused.stderr and "+ # gov setup" in refused.stdout
    assert not rc.exists() and not (home.root / "config/gov").exists()
    for answer, changed in (("n", False), ("", False), ("y", True)):
        child = pexpect.spawn(str(home.binary), ["setup", "bash"], env=home.env, timeout=20)
        child.expect_exact("change it? [y/N] ")
        child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        assert rc.exists() is changed and child.exitstatus == (0 if changed else 1)


def test_a_hook_by_hand_is_not_doubled(home):
    rc = home.root / RC["bash"]
    rc.write_text('# x\neval "$(gov hook bash)"\n')
    refused = home.run("setup", "bash", "--yes", check=1)
    assert f"{rc} has the hook already, in line 2" in refused.stderr


def test_a_link_into_dotfiles_stays_a_link(home):
    dotfiles = home.root / "dotfiles"
    dotfiles.write_text("X=1\n")
    rc = home.root / RC["bash"]
    rc.symlink_to(dotfiles)
    home.run("setup", "--yes", env={"SHELL": "/usr/bin/bash"})
    assert rc.is_symlink() and "hook.bash" in dotfiles.read_text()
    home.run("setup", "--undo", "--yes", env={"SHELL": "/usr/bin/bash"})
    assert rc.is_symlink() and dotfiles.read_text() == "X=1\n"


def test_a_removed_hook_file_breaks_no_shell(home):
    home.run("setup", "bash", "--yes")
    (home.root / "config/gov/hook.bash").unlink()
    done = subprocess.run(
        ["bash", "-ic", "echo fine"], env=home.env, capture_output=True, text=True
    )
    assert done.stdout == "fine\n" and "hook" not in done.stderr


def findings(home, code, **env):
    told = home.run("doctor", "--json", check=code, env={"SHELL": "/bin/bash", **env})
    return {(item["check"], item["result"]): item for item in told.json}


def test_the_doctor_finds_a_missing_hook(home):
    found = findings(home, 1)
    assert found["hook", "problem"]["hint"] == "gov setup bash"
    home.run("setup", "bash", "--yes")
    found = findings(home, 0)
    assert ("hook", "ok") in found and ("hook", "problem") not in found
    text = home.run("doctor", env={"SHELL": "/bin/bash"}).stdout
    assert text.startswith(f"ok       {home.root / RC['bash']} has the hook\n")
    (home.root / "config/gov/hook.bash").write_text("old")
    assert "not this version's" in findings(home, 1)["hook file", "problem"]["message"]


def test_the_doctor_finds_managers_started_after_the_hook(home):
    home.run("setup", "bash", "--yes")
    rc = home.root / RC["bash"]
    with rc.open("a") as file:
        file.write('eval "$(mise activate bash)"\n')
    message = findings(home, 1)["hook", "problem"]["message"]
    assert "starts mise after gov's hook" in message


def test_the_doctor_finds_other_go_settings(home):
    home.run("setup", "bash", "--yes")
    other = home.root / "other"
    (other / "bin").mkdir(parents=True)
    (other / "VERSION").write_text("go1.20.1\n")
    (other / "bin/go").write_text("#!/bin/sh\n")
    (other / "bin/go").chmod(0o755)
    goenv = home.root / "config/go/env"
    goenv.write_text("GOFLAGS=-mod=mod\nGOTOOLCHAIN=auto\n")
    found = findings(
        home,
        1,
        GOROOT="/usr/lib/nowhere",
        PATH=f"{other}/bin:{home.env['PATH']}",
        GVM_ROOT="/home/u/.gvm",
    )
    assert f"belongs to {other}" in found["GOROOT", "problem"]["message"]
    assert "gvm is active" in found["managers", "note"]["message"]
    told = home.run("doctor", env={"SHELL": "/bin/bash"}).stdout
    assert "sets GOFLAGS=-mod=mod, which counts in every project" in told
    assert "sets GOTOOLCHAIN=auto, which counts where nothing is pinned" in told
    shell = {"GOV_STATE": "1;+/x", "GOV_VERSION": "1.22.6", "PATH": f"{other}/bin"}
    assert "the first go on PATH is" in findings(home, 1, **shell)["PATH", "problem"]["message"]


def test_what_other_managers_have_is_turned_into_commands(home):
    (home.home / ".gvm/environments").mkdir(parents=True)
    (home.home / ".gvm/environments/default").write_text(
        'export gvm_go_name; gvm_go_name="go1.21.5"\n'
    )
    (home.home / ".goenv").mkdir()
    (home.home / ".goenv/version").write_text("1.20.14\n")
    (home.home / ".tool-versions").write_text("nodejs 20\ngolang 1.19.3\n")
    (home.root / "config/mise").mkdir(parents=True)
    (home.root / "config/mise/config.toml").write_text('[tools]\ngo = ["1.22", "1.21"]\n')
    (home.project / "mise.toml").write_text('[tools]\ngo = { version = "prefix:1.18" }\n')
    (home.project / ".go-version").write_text("1.17.1\n")
    told = [item for item in home.run("import", "--json").json if item["command"] != "adopt"]
    assert [(item["manager"], item["command"], item["version"]) for item in told] == [
        ("gvm", "default", "go1.21.5"),
        ("goenv", "default", "1.20.14"),
        ("asdf", "default", "1.19.3"),
        ("mise", "default", "1.22"),
        ("mise", "use", "1.18"),
        ("goenv", "use", "1.17.1"),
    ]
    assert told[0]["from"] == str(home.home / ".gvm/environments/default")


def test_what_is_printed_can_be_run_whatever_the_files_say(home):
    (home.project / "mise.toml").write_text('[tools]\ngo = "$(touch PWN)"\n')
    told = home.run("import")
    assert "PWN" not in told.stdout and "mise's file is passed over" in told.stderr
    (home.project / "mise.toml").write_text('[tools]\ngo = "1.22.6"\n')
    hostile = home.root / "a\nb; touch PWN"
    hostile.mkdir()
    (home.project / "mise.toml").rename(hostile / "mise.toml")
    lines = home.run("import", cwd=hostile).stdout.splitlines()
    text = "\n".join(line for line in lines if not line.startswith("gov adopt"))
    path = f"{home.binary.parent}:{os.environ['PATH']}"
    env = home.environment({"PATH": path})
    subprocess.run(["sh", "-c", text], cwd=hostile, env=env, check=True)
    assert 'go = "1.22.6"' in (hostile / ".gotoolchain.toml").read_text()
    assert not list(home.root.rglob("PWN"))
