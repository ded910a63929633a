# SPDX-License-Identifier: Apache-2.0
"""What the guards share: the tree's sources, its layers, and how a guard ends."""

import re
import sys
from pathlib import Path
from typing import Iterable, Iterator, NoReturn

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

_INCLUDE = re.compile(r'\s*#\s*include\s+(["<][^">]+[">])')


def sources(*suffixes: str) -> list[Path]:
    """gov's own sources with one of the suffixes, sorted."""
    return sorted(path for path in SRC.rglob("*") if path.suffix in suffixes)


def layers() -> list[str]:
    """The layers, lowest first, as src/meson.build lists them."""
    return re.findall(r"^subdir\('(\w+)'\)", (SRC / "meson.build").read_text(), re.MULTILINE)


def includes(source: Path) -> Iterator[tuple[int, str]]:
    """(line number, '"folder/file.hpp"' or '<vector>') of each include."""
    for number, line in enumerate(source.read_text().splitlines(), start=1):
        if found := _INCLUDE.match(line):
            yield number, found[1]


def place(source: Path, line: int = 0) -> str:
    """Where something is, to be found by a reader or an editor."""
    return f"{source.relative_to(ROOT)}:{line}" if line else str(source.relative_to(ROOT))


def finish(broken: Iterable[str], mend: str) -> NoReturn:
    """Ends the guard: silently well, or with what is broken where, and how to mend it."""
    if found := list(broken):
        print(*found, f"to mend it: {mend}", sep="\n")
        sys.exit(1)
    sys.exit(0)


def skip(reason: str) -> NoReturn:
    """Ends the guard as one that cannot be run here."""
    print(f"skipped: {reason}")
    sys.exit(77)
