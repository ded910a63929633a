# SPDX-License-Identifier: Apache-2.0
"""The hook under the options, aliases and variables that people and their start-up files set."""

import pytest

from terminal import Shell

BASH = {
    "errexit": "set -e",
    "nounset": "set -u",
    "errexit, nounset, pipefail": "set -euo pipefail",
    "IFS": "IFS=x",
    "IFS of a slash": "IFS=/",
    "noglob": "set -f",
    "nullglob": "shopt -s nullglob",
    "failglob": "shopt -s failglob",
    "dotglob, extglob, globstar": "shopt -s dotglob extglob globstar",
    "nocasematch": "shopt -s nocasematch",
    "posix": "set -o posix",
    "allexport": "set -a",
    "keyword": "set -k",
    "noclobber": "set -C",
    "functrace": "set -T; shopt -s extdebug",
    "a trap on DEBUG": "trap ': debug' DEBUG",
    "aliases": "alias export=false unset=false printf=false true=false cd=cd",
    "functions": "export() { :; }; unset() { :; }; printf() { :; }",
    "lastpipe, no job control": "set +m; shopt -s lastpipe",
    "integer GOTOOLCHAIN": "declare -i GOTOOLCHAIN",
    "GOTOOLCHAIN in capitals": "declare -u GOTOOLCHAIN",
    "CDPATH": "CDPATH=.:/",
    "C locale": "LC_ALL=C",
    "names of the hook's locals": "readonly dir=1 name=1 status=1 text=1",
}
ZSH = {
    "errexit": "setopt err_exit",
    "errreturn": "setopt err_return",
    "nounset": "setopt no_unset",
    "IFS": "IFS=x",
    "ksharrays": "setopt ksh_arrays",
    "shwordsplit, globsubst": "setopt sh_word_split glob_subst",
    "ksh": "emulate ksh",
    "sh": "emulate sh",
    "csh quotes": "setopt csh_junkie_quotes",
    "rc quotes": "setopt rc_quotes",
    "nullglob, extendedglob": "setopt null_glob extended_glob",
    "warnings": "setopt warn_create_global warn_nested_var",
    "no functions' names": "setopt no_function_argzero",
    "allexport": "setopt all_export",
    "noclobber": "setopt no_clobber",
    "noexec of aliases": "unsetopt aliases",
    "aliases": "alias export=false unset=false printf=false local=local",
    "global aliases": "alias -g PATH=x GOROOT=y export=false set=z",
    "integer GOTOOLCHAIN": "typeset -i GOTOOLCHAIN",
    "GOTOOLCHAIN in capitals": "typeset -u GOTOOLCHAIN",
    "unique path": "typeset -U path",
    "autocd, cdpath": "setopt auto_cd; cdpath=(. /)",
    "C locale": "LC_ALL=C",
    "pipefail": "setopt pipe_fail",
    "names of the hook's locals": "readonly dir=1 name=1 answer=1 text=1",
}
FISH = {
    "C locale": "set -gx LC_ALL C",
    "functions": "function export; end; function alias; end",
    "abbreviations": "abbr -a set false; abbr -a test false",
    "fish_user_paths": "set -g fish_user_paths /opt/first",
    "CDPATH": "set -gx CDPATH . /",
    "a locked down status": "function fish_right_prompt; true; end",
}
CASES = [
    pytest.param(shell, lines, id=f"{shell}: {title}")
    for shell, cases in (("bash", BASH), ("zsh", ZSH), ("fish", FISH))
    for title, lines in cases.items()
]


@pytest.fixture
def run(home, request):
    shells = []

    def started(name, **options):
        shells.append(Shell(name, home, **options))
        return shells[-1]

    yield started
    for shell in shells:
        shell.close()


def follow_a_story(shell, home) -> None:
    """Enters, switches, meets a missing release, and leaves."""
    before = shell.environment()
    for _ in range(2):
        shell.cd(home.project_on("1.22.6"))
        assert shell.value("GOROOT") == str(home.goroot("go1.22.6"))
        assert shell.value("GOTOOLCHAIN") == "local"
        assert shell.value("PATH").split(":")[0] == home.bin("go1.22.6")
        shell.cd(home.project_on("1.24.13"))
        assert shell.value("GOROOT") == str(home.goroot("go1.24.13"))
        shell.cd(home.project_on("1.21.1"))
        assert shell.value("PATH").split(":")[0] == home.shims
        shell.cd(home.root)
        after = shell.environment()
        for name in ("GOROOT", "GOTOOLCHAIN", "GOV_STATE", "PATH"):
            assert after.get(name) == before.get(name), name


@pytest.mark.parametrize("when", ("before", "after"))
@pytest.mark.parametrize("name, lines", CASES)
def test_the_shell_follows_whatever_is_set(home, run, name, lines, when):
    shell = run(name, **{when: lines + "\n"})
    assert shell.first.said == []
    follow_a_story(shell, home)


@pytest.mark.parametrize("name, lines", [case for case in CASES if "set" in case.id])
def test_nothing_but_what_gov_says_is_printed(home, run, name, lines):
    shell = run(name, after=lines + "\n")
    text = shell.cd(home.project_on("1.21.1")).text
    for complaint in ("readonly", "read-only", "unbound", "not found", "error", "math", "__gov"):
        assert complaint not in text
    assert len([line for line in text.split("\n") if "is not installed" in line]) == 1


READONLY = {"bash": "readonly GOROOT=/fixed", "zsh": "typeset -rx GOROOT=/fixed"}


def test_bash_tells_directories_apart_that_differ_in_case_alone(home, run):
    shell = run("bash", after="shopt -s nocasematch\n")
    for _ in range(2):
        for version, name in (("1.22.6", "p"), ("1.24.13", "P")):
            shell.cd(home.project_on(version, name))
            for _ in range(3):
                assert shell.value("GOROOT") == str(home.goroot(f"go{version}"))


@pytest.mark.parametrize("name", READONLY)
def test_a_readonly_goroot_is_said_and_breaks_nothing_else(home, run, name):
    shell = run(name, before=READONLY[name] + "\n")
    said = shell.cd(home.project_on("1.22.6")).said
    assert said == ["gov: this shell does not let GOROOT be set"]
    assert shell.value("PATH").startswith(home.bin("go1.22.6") + ":")
    assert shell.value("GOTOOLCHAIN") == "local"
    shell.cd("/")
    assert shell.value("PATH") == home.env["PATH"]
    assert shell.value("GOTOOLCHAIN") is None


@pytest.mark.parametrize("name", READONLY)
def test_a_readonly_path_is_said(home, run, name):
    shell = run(name, before="readonly PATH\n")
    said = shell.cd(home.project_on("1.22.6")).said
    assert said == ["gov: this shell does not let PATH be set"]
    assert shell.value("PATH") == home.env["PATH"]
    assert shell.do("sh -c 'exit 3'").status == 3


PROMPT_COMMANDS = {
    "a string": "PROMPT_COMMAND='mine=yes'",
    "a string with a semicolon": "PROMPT_COMMAND='mine=yes;'",
    "a string with a newline": "PROMPT_COMMAND=$'mine=yes\\n'",
    "a string with a comment": "PROMPT_COMMAND='mine=yes # mine'",
    "an array": "PROMPT_COMMAND=('mine=no' 'mine=yes')",
    "an array of one": "PROMPT_COMMAND=('mine=yes')",
    "an empty string": "PROMPT_COMMAND=; mine=yes",
    "nothing": "unset PROMPT_COMMAND; mine=yes",
}


@pytest.mark.parametrize("lines", PROMPT_COMMANDS.values(), ids=PROMPT_COMMANDS.keys())
def test_bash_keeps_the_prompt_command_that_is_there(home, run, lines):
    shell = run("bash", before=lines + "\n")
    assert "=yes=" in shell.do('echo "=$mine="').text
    shell.cd(home.project_on("1.22.6"))
    assert shell.value("GOROOT") == str(home.goroot("go1.22.6"))


def test_a_trap_on_errors_sees_none_of_the_hook(home, run):
    shell = run("bash", after="set -E; trap 'echo trapped $?' ERR\n")
    text = shell.cd(home.project_on("1.22.6")).text + shell.do("").text
    assert "trapped" not in text
    assert shell.do("! true").text.count("trapped") == 0
    assert shell.do("sh -c 'exit 3'").text.count("trapped 3") == 1


def test_errexit_is_not_set_off_by_the_status_the_hook_hands_on(home, run):
    shell = run("bash", after="set -e\n")
    assert shell.do("! true").status == 1
    shell.cd(home.project_on("1.22.6"))
    assert shell.value("GOROOT") == str(home.goroot("go1.22.6"))
