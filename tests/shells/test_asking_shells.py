# SPDX-License-Identifier: Apache-2.0
"""elvish, nushell and tcsh, whose hooks ask gov at each prompt, interactively."""

import re
import shutil
import subprocess

import pytest

from terminal import Shell, program
from test_story import assert_off, assert_on, assert_stand_in


def said(prompt) -> list[str]:
    """What gov wrote, of whatever a line editor drew around it."""
    return re.findall(r"gov: [^\r\n\x1b]*", prompt.text)


def test_projects_are_entered_switched_and_left(home, start_asking):
    outer = home.project_on("1.22.6", "outer")
    inner = home.project_on("1.24.13", "outer/inner")
    shell = start_asking()
    for _ in range(2):
        shell.cd(outer)
        assert_on(shell, home, "go1.22.6")
        shell.cd(inner)
        assert_on(shell, home, "go1.24.13")
        shell.cd("/")
        assert_off(shell, home)


def test_a_missing_release_is_said_once_and_its_install_noticed(home, start_asking):
    project = home.project_on("1.21.1")
    shell = start_asking()
    line = f"gov: go1.21.1 is not installed ({project}/.gotoolchain.toml:1); "
    assert said(shell.cd(project)) == [line + "run: gov install go1.21.1"]
    assert_stand_in(shell, home)
    assert said(shell.cd("/")) + said(shell.cd(project)) == []
    home.install("go1.21.1")
    assert said(shell.do("")) == []
    assert_on(shell, home, "go1.21.1")


def test_edits_deletions_and_closer_files_are_noticed(home, start_asking):
    project = home.project_on("1.22.6")
    (project / "sub").mkdir()
    shell = start_asking(project / "sub")
    home.pin(project, "1.24.13")
    shell.do("")
    assert_on(shell, home, "go1.24.13")
    home.pin(project / "sub", "1.22.6")
    shell.do("")
    assert_on(shell, home, "go1.22.6")
    (project / "sub/.gotoolchain.toml").unlink()
    (project / ".gotoolchain.toml").unlink()
    shell.do("")
    assert_off(shell, home)


def test_the_session_has_a_version_of_its_own(home, asking, start_asking):
    shell = start_asking(home.project_on("1.24.13"))
    shell.do("gov shell 1.22.6")
    assert_on(shell, home, "go1.22.6")
    assert shell.value("GOV_VERSION") == "1.22.6"
    shell.do("gov shell --unset")
    assert shell.value("GOV_VERSION") is None
    assert_on(shell, home, "go1.24.13")
    assert "gov: go1.21.1 is not installed (GOV_VERSION)" in said(shell.do("gov shell 1.21.1"))
    assert shell.value("GOV_VERSION") is None
    file = home.root / "list"
    shell.do(f"gov list {'o>' if asking == 'nu' else '>'} {file}")
    assert file.read_text().splitlines() == ["  go1.22.6", "* go1.24.13"]


def test_a_variable_that_was_there_comes_back(home, start_asking):
    shell = start_asking(env={"GOROOT": "/usr/local/go", "GOTOOLCHAIN": "auto"})
    shell.cd(home.project_on("1.22.6"))
    assert_on(shell, home, "go1.22.6")
    shell.cd("/")
    assert shell.value("GOROOT") == "/usr/local/go"
    assert shell.value("GOTOOLCHAIN") == "auto"


def test_a_bad_home_is_said_once_and_the_shell_goes_on(home, start_asking):
    shell = start_asking(env={"GOV_HOME": "relative"})
    assert ["GOV_HOME" in line for line in said(shell.first)] == [True]
    assert said(shell.cd("/")) == []


def test_elvish_completes(home, start_any):
    if shutil.which("elvish") is None:
        pytest.skip("elvish is not on this machine")
    shell = start_any("elvish")
    assert "usage: gov uninstall" in shell.do("gov unins\t --help").text


@pytest.fixture
def tcsh(home, start_any):
    if shutil.which("tcsh") is None:
        pytest.skip("tcsh is not on this machine")
    return lambda **options: start_any("tcsh", **options)


def test_tcsh_keeps_the_status_and_the_precmd_that_was_there(home, tcsh):
    mark = home.root / "mark"
    shell = tcsh(before=f"alias precmd 'echo \"a  b\" >> {mark}'\n")
    shell.cd(home.project_on("1.22.6"))
    assert shell.do("sh -c 'exit 3'").status == 3
    assert shell.do("true").status == 0
    assert mark.read_text() == "a  b\n" * 4
    assert_on(shell, home, "go1.22.6")


def test_a_prompt_starts_one_process(home, asking):
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine")
    if subprocess.run(["strace", "-f", "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine does not let processes be traced")
    trace = home.root / "trace"
    shell = Shell(
        asking, home, wrapper=("strace", "-f", "-qq", "-o", str(trace), "-e", "trace=execve")
    )
    try:
        shell.cd(home.project_on("1.22.6"))
        for _ in range(3):
            shell.cd("/")
    finally:
        shell.close()
    started = re.findall(r'execve\("([^"]*)", \["[^"]*", "(\w+)"', trace.read_text())
    exports = [words for program, words in started if program == str(home.binary)]
    assert exports[-4:] == ["export"] * 4 and len(exports) <= 6
    others = {path for path, _ in started if path != str(home.binary)}
    assert not {path for path in others if path not in (program(asking), shutil.which(asking))}
