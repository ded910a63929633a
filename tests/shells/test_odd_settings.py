# SPDX-License-Identifier: Apache-2.0
"""The hook under the options, aliases and variables that people and their start-up files set."""

import pytest

from conftest import require
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
    "functions in place of builtins": "\n".join(
        f"function {name}; false; end" for name in ("printf", "contains", "math", "count", "random")
    ),
    "abbreviations": "abbr -a set false; abbr -a test false",
    "fish_user_paths": "set -g fish_user_paths /opt/first",
    "CDPATH": "set -gx CDPATH . /",
    "a right prompt": "function fish_right_prompt; true; end",
    "IFS": "set -g IFS x",
    "an empty IFS": "set -gx IFS ''",
    "names of the hook's locals": "set -g now 1; set -g top 1; set -g level 1; set -g number 7; set -g said x",
    "exported names of the hook's locals": "set -gx lines 1; set -gx code 1; set -gx known 0; set -gx at 2",
    "a GOROOT of two words": "set -gx GOROOT /a /b",
    "a GOROOT that is a path": "set -gx --path GOROOT /a /b",
    "an empty GOTOOLCHAIN": "set -gx GOTOOLCHAIN",
    "a cd of the user's": "function cd; builtin cd $argv; or return; true; end",
    "handlers of variables": "function on_change --on-variable PATH --on-variable PWD; false; end",
    "a handler that changes PATH": "function on_cd --on-variable PWD; set -gx LAST $PWD; end",
    "a handler of prompts": "function also --on-event fish_prompt; false; end",
    "vi keys": "set -g fish_key_bindings fish_vi_key_bindings",
    "full job control": "status job-control full",
    "a umask": "umask 077",
    "an unknown command's handler": "function fish_command_not_found; false; end",
    "an empty entry of PATH": "set -gx PATH $PATH ''",
}
ELVISH = {
    "C locale": "set-env LC_ALL C",
    "IFS": "set-env IFS /",
    "functions in place of builtins": "fn set-env {|@a| fail no }; fn unset-env {|@a| fail no }",
    "more functions in place of builtins": "fn count {|@a| fail no }; fn put {|@a| fail no }; fn all {|@a| fail no }",
    "names of the hook's variables": "var answer = 1; var words = 2; var failure = 3",
    "another str": "var str = 1; var str: = (ns [&has-suffix=1])",
    "a cd of the user's": "fn cd {|place| set pwd = $place }",
    "hooks around cd": "set before-chdir = [{|d| nop }]; set after-chdir = [{|d| nop $d }]",
    "a hook after cd that fails": "set after-chdir = [{|d| fail no }]",
    "a hook before the prompt": "set edit:before-readline = [$@edit:before-readline { nop }]",
    "a hook after commands": "set edit:after-command = [{|m| nop }]",
    "paths": "set paths = [/opt/first $@paths]",
    "an empty entry of PATH": "set-env PATH $E:PATH':'",
    "abbreviations": "set edit:abbr['set-env'] = 'fail'",
    "another value indicator": "set value-out-indicator = 'x'",
    "an eager prompt": "set edit:-prompt-eagerness = 10; set edit:prompt-stale-threshold = 0.01",
    "a low editor": "set edit:max-height = 3",
    "a GOROOT that is there": "set-env GOROOT '/a b'",
    "an empty GOTOOLCHAIN": "set-env GOTOOLCHAIN ''",
    "no notices of jobs": "set notify-bg-job-success = $false",
    "a GOV_SAID of elsewhere": "set-env GOV_SAID 0",
}
NU = {
    "C locale": "$env.LC_ALL = 'C'",
    "IFS": "$env.IFS = '/'",
    "a PATH of text": "$env.PATH = ($env.PATH | str join ':')",
    "a longer PATH": "$env.PATH = ($env.PATH | prepend '/opt/first')",
    "conversions": "$env.ENV_CONVERSIONS = ($env.ENV_CONVERSIONS | insert GOV_STATE "
    "{from_string: {|s| $s | split row ';' }, to_string: {|v| $v | str join ';' }})",
    "no colours": "$env.config.use_ansi_coloring = false",
    "vi keys": "$env.config.edit_mode = 'vi'",
    "history in a database": "$env.config.history.file_format = 'sqlite'",
    "a hook before prompts": "$env.config.hooks.pre_prompt = ($env.config.hooks.pre_prompt? | default [] "
    "| append {|| $env.SEEN = 'x' })",
    "hooks of variables": "$env.config.hooks.env_change = {PWD: [{|before, after| $env.LAST = $after }]}",
    "hooks before commands": "$env.config.hooks.pre_execution = [{|| null }]",
    "aliases": "alias load = ls; alias hide = ls",
    "names of the hook's variables": "let answer = 1; let name = 2; let words = 3",
    "tables": "$env.config.table.mode = 'none'",
    "no error lines": "$env.config.display_errors.exit_code = false",
    "a GOROOT that is there": "$env.GOROOT = '/a b'",
    "an empty GOTOOLCHAIN": "$env.GOTOOLCHAIN = ''",
    "a number for a variable": "$env.GOTOOLCHAIN = 1",
    "a list for a variable": "$env.EXTRA = [1 2]",
    "a GOV_SAID of elsewhere": "$env.GOV_SAID = '0'",
}
TCSH = {
    "noclobber": "set noclobber",
    "noglob": "set noglob",
    "nonomatch": "set nonomatch",
    "echo_style": "set echo_style = both",
    "backslash_quote": "set backslash_quote",
    "histlit": "set histlit; set history = 5",
    "csubstnonl": "set csubstnonl",
    "no csubstnonl": "unset csubstnonl",
    "printexitvalue": "set printexitvalue",
    "C locale": "setenv LC_ALL C",
    "IFS": "setenv IFS /",
    "another history character": "set histchars = '%^'",
    "no history characters": "set histchars = ''",
    "cdpath": "set cdpath = (. /)",
    "symlinks": "set symlinks = chase",
    "no symlinks": "set symlinks = ignore",
    "a cd of the user's": "alias cd 'chdir \\!*'",
    "a hook after cd": "alias cwdcmd 'true'",
    "a hook before commands": "alias postcmd 'true'",
    "correction": "set correct = cmd",
    "implicitcd": "set implicitcd",
    "anyerror": "set anyerror",
    "complete": "set complete = enhance; set autolist; set autoexpand",
    "names of the hook's variables": "set answer = 1; set words = (1 2)",
    "a shell variable GOROOT": "set GOROOT = /elsewhere",
    "a GOROOT that is there": "setenv GOROOT '/a b'",
    "a GOV_SAID of elsewhere": "setenv GOV_SAID 0",
    "notify, dunique": "set notify; set dunique; set pushdsilent",
}
ALL = {"bash": BASH, "zsh": ZSH, "fish": FISH, "elvish": ELVISH, "nu": NU, "tcsh": TCSH}
CASES = [
    pytest.param(shell, lines, id=f"{shell}: {title}")
    for shell, cases in ALL.items()
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
    shell = run(require(name), **{when: lines + "\n"})
    assert "gov: " not in shell.first.text
    follow_a_story(shell, home)


@pytest.mark.parametrize("name, lines", [case for case in CASES if "set" in case.id])
def test_nothing_but_what_gov_says_is_printed(home, run, name, lines):
    shell = run(require(name), after=lines + "\n")
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
