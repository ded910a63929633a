# SPDX-License-Identifier: Apache-2.0
"""Every function that gov looks up in a library on first use is in the one that is installed."""

import ctypes
import re
from pathlib import Path
from typing import Iterator

import tree

# A constant that names a library, a table's library member, or a table's row.
_TOKEN = re.compile(
    r'(\w+_soname) = "(?P<soname>[^"]+)"'
    r'|LazyLibrary library\{(?P<library>[^,]+),'
    r"|GOV_SYMBOL\((?P<prefix>\w*), (?P<name>\w+)\)"
)


def symbols(source: Path) -> Iterator[tuple[str, str]]:
    """(library, symbol) for each row of the tables in a source."""
    constants = {}
    library = ""
    for found in _TOKEN.finditer(source.read_text()):
        if found["soname"]:
            constants[found[1]] = found["soname"]
        elif found["library"]:
            library = constants.get(found["library"], found["library"].strip('"'))
        else:
            yield library, found["prefix"] + found["name"]


def broken() -> Iterator[str]:
    count = 0
    for source in tree.sources(".cpp"):
        for library, symbol in symbols(source):
            count += 1
            try:
                getattr(ctypes.CDLL(library), symbol)
            except (OSError, AttributeError) as error:
                yield f"{tree.place(source)}: {error}"
    if count == 0:
        yield "no table of symbols was found: does this guard still know their form?"


if __name__ == "__main__":
    tree.finish(broken(), "use what the oldest library that gov supports has")
