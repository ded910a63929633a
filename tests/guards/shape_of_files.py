# SPDX-License-Identifier: Apache-2.0
"""Sources stay small, start as they should, and have names that say what is in them."""

from pathlib import Path
from typing import Iterator

import tree

LONGEST = {".cpp": 300, ".hpp": 120}
LICENCE = "// SPDX-License-Identifier: Apache-2.0"
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
