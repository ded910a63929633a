# SPDX-License-Identifier: Apache-2.0
"""Each command has its section in gov(1), is offered by completion, and has a test.

usage: everything_is_documented.py GOV

The same for options, exit codes, variables of the environment and layers, and for JSON, which
gov-json(7) describes. No help line is over 80 columns.
"""

import re
import subprocess
import sys
from typing import Iterator

import tree

WIDEST = 80
MANUAL = (tree.ROOT / "man/gov.1").read_text()
JSON = (tree.ROOT / "man/gov-json.7").read_text()
ARCHITECTURE = (tree.ROOT / "ARCHITECTURE.md").read_text()
EXIT_CODES = (tree.ROOT / "man/gov-exit-codes.7").read_text()
TESTS = "\n".join(
    path.read_text()
    for path in (tree.ROOT / "tests").rglob("test_*.py")
    if not {"guards", "world"} & set(path.parts)
)
# How a command of the table begins, its name and whether it is gov's own.
_COMMAND = re.compile(r'const Command \w+\{\n\s+\.name = "([^"]+)",(.*?)\n\};', re.DOTALL)
_VARIABLE = re.compile(r'(?:get|non_empty|absolute|place)\((?:environment, )?"([A-Z][A-Z_]+)"')


def commands() -> dict[str, bool]:
    """The table's commands by name; True where it is not listed."""
    return {
        name: ".internal = true" in rest
        for source in (tree.SRC / "commands").glob("*.cpp")
        for name, rest in _COMMAND.findall(source.read_text())
    }


def output(gov: str, *words: str) -> str:
    return subprocess.run([gov, *words], check=True, capture_output=True, text=True).stdout


def sections() -> dict[str, str]:
    """The text of each command's section in gov(1), by the command's name."""
    parts = re.split(r"^\.Ss gov (.+)$", MANUAL, flags=re.MULTILINE)
    ends = [re.split(r"^\.S[hs] ", text, flags=re.MULTILINE)[0] for text in parts[2::2]]
    return dict(zip(parts[1::2], ends))


def undocumented(gov: str, name: str, section: str) -> Iterator[str]:
    text = output(gov, *name.split(), "--help")
    for option in re.findall(r"^  (?:-\w, |    )--([\w-]+)", text, re.M):
        if option != "help" and not re.search(rf"Fl (?:\w , Fl )?-{option}\b", section):
            yield f"man/gov.1: gov {name} says nothing of --{option}"
        if option == "json" and not re.search(rf"^\.Ss gov {name}$", JSON, re.M):
            yield f"man/gov-json.7: has no section .Ss gov {name}"


def unlisted(gov: str, name: str) -> Iterator[str]:
    *before, last = name.split()
    offered = output(gov, "complete", "--", *before, "").splitlines()
    if last not in [line.split("\t")[0] for line in offered]:
        yield f"gov complete -- {' '.join(before)}: does not offer {last}"
    if not re.search(rf"^  {name} ", output(gov, "help"), re.M):
        yield f"gov help: does not list {name}"


def untested(name: str) -> Iterator[str]:
    quoted = r'",\s*"'.join(name.split())
    if not re.search(rf'"{quoted}"|gov {name}\b', TESTS):
        yield f"tests/: no test_*.py runs gov {name}"


def too_wide(gov: str, *words: str) -> Iterator[str]:
    for line in output(gov, *words).splitlines():
        if len(line) > WIDEST:
            yield f"gov {' '.join(words)}: {len(line)} columns: {line}"


def broken(gov: str) -> Iterator[str]:
    yield from too_wide(gov, "help")
    documented = sections()
    for name, internal in sorted(commands().items()):
        yield from too_wide(gov, *name.split(), "--help")
        yield from untested(name)
        if name in documented:
            yield from undocumented(gov, name, documented[name])
        else:
            yield f"man/gov.1: has no section .Ss gov {name}"
        if not internal:
            yield from unlisted(gov, name)
    if (rows := re.findall(r"^\| (\w+) \|", ARCHITECTURE, re.M)) != ["layer", *tree.layers()]:
        yield f"ARCHITECTURE.md: the table of layers has {', '.join(rows[1:])}"
    for code in re.findall(r"^    \w+ = (\d+),", (tree.SRC / "base/error.hpp").read_text(), re.M):
        if not re.search(rf"^\.It {code}\b", EXIT_CODES, re.M):
            yield f"man/gov-exit-codes.7: says nothing of {code}"
    used = {v for path in tree.sources(".cpp") for v in _VARIABLE.findall(path.read_text())}
    for variable in sorted(used):
        if not re.search(rf"^\.It Ev .*\b{variable}\b", MANUAL, re.M):
            yield f"man/gov.1: ENVIRONMENT says nothing of {variable}"


if __name__ == "__main__":
    tree.finish(broken(sys.argv[1]), "write it where the line says; CONTRIBUTING.md has the list")
