# SPDX-License-Identifier: Apache-2.0
"""Sources stay small, start and are named as they should, and call no format() but gov's.

An unqualified format() with a standard string among its arguments is std's as well, by argument
dependent lookup: libraries that have std::format find the call ambiguous, and others compile it.
"""

import re
from pathlib import Path
from typing import Iterator

import tree

LONGEST = {".cpp": 300, ".hpp": 120}
LICENCE = "// SPDX-License-Identifier: Apache-2.0"
UNQUALIFIED_FORMAT = re.compile(r"(?<![\w:.>])format\(\"")
EMPTY_NAMES = {"util", "utils", "common", "helper", "helpers", "misc", "manager", "context"}


def complaints(source: Path) -> Iterator[str]:
    lines = source.read_text().splitlines()
    if len(lines) > LONGEST[source.suffix]:
        yield f"has {len(lines)} lines, more than {LONGEST[source.suffix]}: split it"
    if lines[:1] != [LICENCE]:
        yield f"does not start with {LICENCE}"
    if source.suffix == ".hpp":
        if lines[1:2] != ["#pragma once"]:
            yield "has no #pragma once in line 2"
        elif not any(line.startswith("// ") for line in lines[2:3]):
            yield "does not say in line 3 what it is for"
    for number, line in enumerate(lines, 1):
        if UNQUALIFIED_FORMAT.search(line):
            yield f"calls format() in line {number} without its namespace"
    if EMPTY_NAMES & set(source.stem.split("_")):
        yield "has a name that could be any file's"


if __name__ == "__main__":
    tree.finish(
        (
            f"{tree.place(source)}: {said}"
            for source in tree.sources(".cpp", ".hpp")
            for said in complaints(source)
        ),
        "see CONTRIBUTING.md, section Style",
    )
