# SPDX-License-Identifier: Apache-2.0
"""bash's hook uses nothing that came after bash 3.2, which is the bash of macOS.

The list is of what the NEWS of bash 4.0 to 5.3 add to the language.
"""

import re
from typing import Iterator

import tree

HOOK = tree.ROOT / "shell/hook.bash"
NEWER = {
    r"\b(declare|local|typeset) +-[a-zA-Z]*[Agnlu]": "the options -A, -g, -l, -n and -u of declare",
    r"\b(mapfile|readarray|coproc)\b": "mapfile, readarray and coproc",
    r"\$\{[^}]*(\^|,,|,\})": "${x^} and ${x,}",
    r"\$\{[^}]*@[QEPAaUuLKk]\}": "${x@Q} and its like",
    r"\$\{!?\w+\[-\d|^\s*\w+\[-\d": "indices below zero",
    r"\|&": "|&",
    r"&>>": "&>>",
    r";;?&": ";& and ;;& in case",
    r"\bprintf +-v +\w+\[": "printf -v into an element",
    r"\bprintf\b.*%\(": "%(…)T of printf",
    r"\[\[? +(!? *)-[vR] ": "the tests -v and -R",
    r"\b(EPOCHREALTIME|EPOCHSECONDS|SRANDOM|BASHPID|BASH_ARGV0|FUNCNEST)\b": "newer variables",
    r"\bread\b.* -[a-zA-Z]*[iN]": "the options -i and -N of read",
    r"\{[0-9]+\.\.[0-9]+\.\.": "steps in {1..9..2}",
    r"\bshopt\b.*\b(globstar|autocd|inherit_errexit|lastpipe|checkjobs|localvar)": "newer options",
    r"\$\{[ |]": "${ command; }",
    r"\bwait +-[nfp]": "wait -n",
    r"\{\w+\}[<>]": "descriptors into a variable",
    r"\$\{\w+: *-\d+\}|\$\{\w+:[^}]*: *-\d": "lengths below zero",
    r"\bunset\b.*\[": "unset of an element whose index is below zero or quoted",
}


def broken() -> Iterator[str]:
    for number, line in enumerate(HOOK.read_text().splitlines(), start=1):
        if line.lstrip().startswith("#"):
            continue
        for pattern, what in NEWER.items():
            if re.search(pattern, line):
                yield f"{tree.place(HOOK, number)}: {what}: {line.strip()}"


# What the patterns are to find; a pattern that finds nothing guards nothing.
SAMPLES = (
    "declare -A x",
    "mapfile -t x",
    "echo ${x^^}",
    "echo ${x@Q}",
    "echo ${x[-1]}",
    "a |& b",
    "a &>> b",
    "a) b ;;&",
    "printf -v x[1] y",
    "printf '%(%s)T'",
    "[[ -v x ]]",
    "echo $EPOCHREALTIME",
    "read -N 1",
    "echo {1..9..2}",
    "shopt -s globstar",
    "echo ${ a; }",
    "wait -n",
    "exec {x}>y",
    "echo ${x:0:-1}",
    "unset 'x[-1]'",
)

if __name__ == "__main__":
    for (pattern, what), sample in zip(NEWER.items(), SAMPLES, strict=True):
        assert re.search(pattern, sample), (what, sample)
    tree.finish(broken(), "write it with what bash 3.2 has")
