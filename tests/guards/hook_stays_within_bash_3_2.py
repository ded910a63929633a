# SPDX-License-Identifier: Apache-2.0
"""bash's hook uses nothing that came after bash 3.2, which is the bash of macOS.

The list is of what the NEWS of bash 4.0 to 5.3 add to the language.
"""

import re
from typing import Iterator

import tree

HOOK = tree.ROOT / "shell/hook.bash"
# A pattern with what it is for and a line that it has to find: one that finds nothing guards nothing.
NEWER = (
    (r"\b(declare|local|typeset) +-[a-zA-Z]*[AgnluI]", "the options -A, -g, -I, -n, -l and -u of declare", "local -rn x=y"),
    (r"\b(mapfile|readarray|coproc)\b", "mapfile, readarray and coproc", "mapfile -t x"),
    (r"\$\{[^}]*(\^|,,|,\})", "${x^} and ${x,}", "echo ${x^^}"),
    (r"\$\{[^}]*~", "${x~}", "echo ${x~~}"),
    (r"\$\{[^}]*@[QEPAaUuLKk]\}", "${x@Q} and its like", "echo ${x@Q}"),
    (r"\[-\d", "indices below zero", "echo ${x[-1]}"),
    (r"\|&", "|&", "a |& b"),
    (r"&>>", "&>>", "a &>> b"),
    (r";;?&", ";& and ;;& in case", "a) b ;&"),
    (r"\bprintf +-v +['\"]?\w+\[", "printf -v into an element", "printf -v x[1] y"),
    (r"\bprintf\b.*%(\d|\.|-)*\(", "%(…)T of printf", "printf '%-5(%s)T'"),
    (r"\bprintf\b.*%(\d|-|\.)*Q", "%Q of printf", "printf %Q x"),
    (r"(\[\[? +|[!(] *|&& +|\|\| +|\btest +)-[vR] ", "the tests -v and -R", "[[ a && -v x ]]"),
    (
        r"\b(EPOCHREALTIME|EPOCHSECONDS|SRANDOM|BASHPID|BASH_ARGV0|BASHOPTS|BASH_ALIASES|BASH_CMDS"
        r"|BASH_XTRACEFD|BASH_COMPAT|BASH_LOADABLES_PATH|BASH_REMATCH_\w|BASH_MONOSECONDS|GLOBSORT"
        r"|FUNCNEST|READLINE_\w+|MAPFILE|COPROC|PROMPT_DIRTRIM|PS0|CHILD_MAX|INSIDE_EMACS|EXECIGNORE)\b",
        "newer variables",
        "echo $EPOCHREALTIME",
    ),
    (r"\bread\b.* -[a-zA-Z]*[iN]", "the options -i and -N of read", "read -r -N 1"),
    (r"\bread\b.* -t *0?\.\d", "parts of seconds for read", "read -t 0.1"),
    (r"\{[^{}]*\.\.[^{}]*\.\.", "steps in {1..9..2}", "echo {a..z..2}"),
    (r"\{0\d+\.\.", "zeroes before {01..9}", "echo {01..10}"),
    (r"\\[uU][0-9A-Fa-f]", r"\u and \U in $'…'", "x=$'\\u00e9'"),
    (
        r"\bshopt\b.*\b(globstar|autocd|inherit_errexit|lastpipe|checkjobs|localvar\w*|dirspell|direxpand"
        r"|compat4\d|compat3[2-9]|complete_fullquote|assoc_expand_once|array_expand_once|globasciiranges"
        r"|globskipdots|patsub_replacement|progcomp_alias|syslog_history|varredir_close|noexpand_translation)",
        "newer options",
        "shopt -s globstar",
    ),
    (r"\$\{[ |]", "${ command; }", "echo ${ a; }"),
    (r"\bwait\b.* -[nfp]", "wait -n", "wait -n"),
    (r"\{\w+\}[<>]", "descriptors into a variable", "exec {x}>y"),
    (r"\$\{\w+:[^-+=?}][^}]*: *-\d", "lengths below zero", "echo ${x:0:-1}"),
    (r"\bunset\b.*\[", "unset of an element whose index is below zero or quoted", "unset 'x[-1]'"),
    (r"\bunset\b +-\w*n", "unset -n", "unset -n x"),
    (r"\b\w+\+?=\( *\[[^]0-9]", "elements by name", "x=([a]=b)"),
    (r"\bcompopt\b|\bcomplete\b.* -[DEI]", "compopt and complete -D", "complete -D -F x"),
    (r"\b(cd|pwd) +-\w*[e@]", "cd -e and cd -@", "cd -e x"),
    (r"\btrap +-P\b|\bulimit +-R|\bhistory +-d +\S*-\S", "newer options of builtins", "trap -P EXIT"),
)


def broken() -> Iterator[str]:
    for number, line in enumerate(HOOK.read_text().splitlines(), start=1):
        if line.lstrip().startswith("#"):
            continue
        for pattern, what, _ in NEWER:
            if re.search(pattern, line):
                yield f"{tree.place(HOOK, number)}: {what}: {line.strip()}"


if __name__ == "__main__":
    for pattern, what, sample in NEWER:
        assert re.search(pattern, sample), (what, sample)
    tree.finish(broken(), "write it with what bash 3.2 has")
