# SPDX-License-Identifier: Apache-2.0
"""gov shell, and what the hook offers to prompts."""

import subprocess

import pytest

from terminal import quoted
from test_story import assert_off, assert_on


def test_the_session_has_a_version_of_its_own(home, start):
    project = home.project_on("1.24.13")
    shell = start(project)
    assert shell.do("gov shell go1.22.6").said == []
    assert_on(shell, home, "go1.22.6")
    assert shell.value("GOV_VERSION") == "go1.22.6"
    shell.cd("/")
    assert_on(shell, home, "go1.22.6")
    assert "\ngo1.22.6\n" in shell.do("gov shell").text.replace("\r", "")
    assert shell.do("gov shell --unset").status == 0
    assert_off(shell, home)
    assert shell.value("GOV_VERSION") is None
    assert shell.do("gov shell").status == 6


def test_a_version_that_cannot_be_followed_changes_nothing(home, start):
    shell = start(home.project_on("1.22.6"))
    refused = shell.do("gov shell 1.21.1")
    assert refused.status == 6
    assert refused.said[0] == "gov: go1.21.1 is not installed (GOV_VERSION)"
    assert shell.do("gov shell 'a b; $(touch PWN)'").status == 2
    assert shell.do("gov shell ''").status == 2
    assert shell.do("gov shell --nonsense").status == 2
    assert shell.value("GOV_VERSION") is None
    assert_on(shell, home, "go1.22.6")
    assert not list(home.root.rglob("PWN"))


def test_everything_else_is_gov_s_own(home, start, name):
    shell = start(home.project_on("1.22.6"))
    assert shell.do("gov which 'no such'").status == 1
    file = home.root / "a file"
    shell.do(f"gov current --json | cat > {quoted(name, str(file))}")
    assert '"version": "go1.22.6"' in file.read_text()
    assert "gov installs Go releases" in shell.do("gov help").text


@pytest.mark.parametrize("words", (("1.22.6",), ("--unset",)))
def test_without_the_hook_gov_says_what_to_do(home, words):
    told = home.run("shell", *words, check=2, env={"GOV_VERSION": "1.24.13"})
    assert "gov: gov shell needs the shell's hook, which is not active here" in told.stderr
    here = "unset GOV_VERSION" if words[0] == "--unset" else "export GOV_VERSION=1.22.6"
    assert f"gov: hint: run gov setup and start a new shell; or here: {here}" in told.stderr


def test_gov_confirms_what_the_hook_has_done(home):
    home.run("shell", "1.22.6", env={"GOV_VERSION": "1.22.6"})
    home.run("shell", "--unset")
    assert home.run("shell", "--check", "1.22.6").stdout == "1.22.6\n"
    refused = home.run("shell", "--check", "--quiet", "1.21.1", check=6)
    assert refused.stdout + refused.stderr == ""
    home.run("shell", "--check", check=2)
    home.run("shell", "--quiet", "1.22.6", check=2)


def test_prompts_get_a_variable(home, start, name):
    shell = start()
    file = home.root / "prompt"

    def prompt() -> str:
        shell.do(f'printf "<%s>" "$GOV_PROMPT" > {file}')
        return file.read_text()

    assert prompt() == "<>"
    shell.cd(home.project_on("1.22.6"))
    assert prompt() == "<go1.22.6>"
    shell.cd("/")
    assert prompt() == "<>"
    shell.cd(home.project_on("1.22.6"))  # from what the shell remembers
    assert prompt() == "<go1.22.6>"
    shell.cd(home.project_on("1.21.1"))
    assert prompt() == "<>"
    home.run("default", "1.24.13")
    shell.cd("/")
    assert prompt() == "<>"  # nothing is pinned
    assert shell.value("GOV_PROMPT") is None  # for this shell alone


def test_a_checkout_of_another_branch_is_noticed(home, start):
    project = home.project_on("1.22.6")

    def git(*words: str) -> None:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.com")
        subprocess.run(["git", *identity, *words], cwd=project, env=home.env, check=True)

    git("init", "-q", "-b", "one")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("checkout", "-q", "-b", "two")
    home.pin(project, "1.24.13")
    git("commit", "-q", "-a", "-m", "two")
    shell = start(project)
    for _ in range(2):
        git("checkout", "-q", "one")
        shell.do("")
        assert_on(shell, home, "go1.22.6")
        git("checkout", "-q", "two")
        shell.do("")
        assert_on(shell, home, "go1.24.13")
