# SPDX-License-Identifier: Apache-2.0
"""The public checksum database: asked once through Go's configured proxy, then replayed."""

import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Optional

from world import cache
from world.releases import go_env

NAME = "sum.golang.org"
_TILE = r"tile/8/\d/(x\d{3}/)*\d{3}(\.p/\d+)?"
_PATH = re.compile(rf"supported|lookup/golang\.org/toolchain@[\w.-]+|{_TILE}")


class Recorder:
    """Answers from the record in the test cache; asks upstream only for what is not there."""

    def __init__(self) -> None:
        self._record = cache.directory() / "sumdb"
        self._upstream = ""

    def answer(self, path: str) -> Optional[bytes]:
        """The bytes at `path` of the database, or None where it has none."""
        if not _PATH.fullmatch(path):
            return None
        if path == "supported":
            return b""
        # Not the path itself: a partial tile's name is a directory's name plus a suffix.
        kept = self._record / path.replace("/", ",")
        try:
            return cache.made(kept, lambda aside: self._ask(path, aside)).read_bytes()
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise

    def _ask(self, path: str, aside: Path) -> None:
        self._upstream = self._upstream or _upstream()
        with urllib.request.urlopen(f"{self._upstream}/{path}", timeout=30) as answer:
            aside.write_bytes(answer.read())


def _upstream() -> str:
    """The first proxy that serves the database, else the database itself, as cmd/go chooses."""
    for entry in re.split("[,|]", go_env("GOPROXY")):
        if not entry.startswith("http"):
            continue
        base = f"{entry.rstrip('/')}/sumdb/{NAME}"
        try:
            urllib.request.urlopen(f"{base}/supported", timeout=30).close()
            return base
        except urllib.error.HTTPError:
            continue
    return f"https://{NAME}"
