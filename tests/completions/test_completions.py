# SPDX-License-Identifier: Apache-2.0
"""The completions in real shells, each asked what may stand next on gov's command line."""

import os
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

COMPLETIONS = Path(__file__).resolve().parents[2] / "completions"

# What each shell runs to offer the candidates for the words in WORDS, one a line.
BASH = """
source "$COMPLETIONS/gov.bash"
complete -p gov
COMP_WORDS=(gov "$@") COMP_CWORD=$#
_gov
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = """
source $COMPLETIONS/gov.fish
complete --do-complete "gov $argv"
"""


@pytest.fixture
def environment(binary: Path, tmp_path: Path) -> dict[str, str]:
    """A home in which go1.22.6 and go1.23.3 are installed and go1.22.6 is the default."""
    for version in ("go1.22.6", "go1.23.3"):
        go = tmp_path / "gov/versions" / version / "bin/go"
        go.parent.mkdir(parents=True)
        go.symlink_to("/bin/true")
    (tmp_path / "gov/default").write_text("go1.22.6\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gov").symlink_to(binary)
    (tmp_path / "here").mkdir()
    (tmp_path / "here/program.exe").write_text("")
    return {
        "PATH": f"{tmp_path}/bin:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "GOV_HOME": str(tmp_path / "gov"),
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "COMPLETIONS": str(COMPLETIONS),
    }


def need(shell: str) -> str:
    return shutil.which(shell) or pytest.skip(f"{shell} is not installed")


def offered_by_bash(environment: dict[str, str], *words: str) -> list[str]:
    call = [need("bash"), "--norc", "-c", BASH, "bash", *words]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    rule, *candidates = done.stdout.splitlines()
    assert rule == "complete -o default -F _gov gov"  # file names where there is no candidate
    return [word for word in candidates if word]


def offered_by_fish(environment: dict[str, str], *words: str) -> list[str]:
    call = [need("fish"), "--no-config", "-c", FISH, " ".join(words)]
    here = Path(environment["HOME"], "here")
    done = subprocess.run(
        call, env=environment, cwd=here, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


SHELLS = pytest.mark.parametrize("offered", [offered_by_bash, offered_by_fish])


@SHELLS
def test_commands_are_offered_by_their_first_letters(environment, offered):
    assert offered(environment, "uni") == ["uninstall"]
    assert offered(environment, "cross", "ins") == ["inspect"]
    assert offered(environment, "help", "cross", "b") == ["build"]
    everything = offered(environment, "")
    assert {"install", "cross", "help", "use"} <= set(everything)
    assert "complete" not in everything  # gov's own


@SHELLS
def test_what_is_installed_is_offered_where_a_version_stands(environment, offered):
    assert offered(environment, "use", "") == ["1.22.6", "1.23.3"]
    assert offered(environment, "uninstall", "1.22.6", "1.23") == ["1.23.3"]


@SHELLS
def test_options_shells_and_targets_are_offered(environment, offered):
    assert offered(environment, "hook", "") == [
        *("bash", "direnv", "elvish", "fish", "nu", "pwsh", "tcsh", "zsh")
    ]
    assert {"--json", "--help"} == set(offered(environment, "adopt", "--")) - {"--all"}
    assert "linux/amd64" in offered(environment, "cross", "build", "--json", "lin")


def test_fish_shows_explanations(environment):
    call = [need("fish"), "--no-config", "-c", FISH, "uninst"]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "uninstall\tremove installed releases\n"


@pytest.mark.parametrize("line", ["cross inspect prog", "exec -- prog", "cross build -o prog"])
def test_file_names_are_offered_where_gov_knows_nothing(environment, line):
    assert offered_by_bash(environment, *line.split()) == []
    assert offered_by_fish(environment, *line.split()) == ["program.exe"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_tab_completes_the_word_on_a_terminal(environment, shell, tmp_path):
    start = {
        "bash": (["--norc", "--noprofile"], "PS1='rea''dy> '; source $COMPLETIONS/gov.bash"),
        "zsh": (
            ["-f"],
            f"PS1='rea''dy> '; fpath=($COMPLETIONS $fpath); autoload -U compinit; "
            f"compinit -u -d {tmp_path}/dump",
        ),
        "fish": (
            ["--no-config"],
            "function fish_prompt; echo -n 'rea''dy> '; end; source $COMPLETIONS/gov.fish",
        ),
    }
    options, set_up = start[shell]
    terminal = pexpect.spawn(
        need(shell), options, env=environment, encoding="utf-8", timeout=20, cwd=tmp_path / "here"
    )
    try:
        terminal.sendline(set_up)
        terminal.expect_exact("ready> ")
        for typed, rest, answer in (
            ("gov defau", "lt", "go1.22.6"),
            ("gov cross inspect prog", "ram.exe", "program.exe:"),  # it is empty, says gov
        ):
            terminal.send(typed)
            terminal.expect_exact(typed.split()[-1])
            terminal.send("\t")
            terminal.expect_exact(rest)
            terminal.send("\r")
            terminal.expect_exact(answer)
            terminal.expect_exact("ready> ")
    finally:
        terminal.close(force=True)
