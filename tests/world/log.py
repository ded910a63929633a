# SPDX-License-Identifier: Apache-2.0
"""A checksum database with the tests' own key, of any size.

Format: golang.org/design/25530-sumdb and golang.org/x/mod/sumdb/{note,tlog}; tile height 8.
"""

import base64
import hashlib
import re
from typing import Optional

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from world import distpack

# Under .localhost, which resolves to loopback, so that even a mistake stays on this machine.
NAME = "log.localhost"
_TILE = re.compile(r"tile/8/(\d)/((?:x\d{3}/)*\d{3})(?:\.p/(\d+))?")
_GO_MOD_H1 = "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0="


class Signer:
    """An Ed25519 key with a name, as the checksum database's signed notes use it."""

    def __init__(self, name: str = NAME, seed: bytes = b"gov tests") -> None:
        self.name = name
        self._key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest())
        raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
        public = b"\x01" + self._key.public_key().public_bytes(*raw)
        self._hash = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
        self.verifier = f"{name}+{self._hash.hex()}+{base64.b64encode(public).decode()}"

    def line(self, text: str) -> str:
        signature = base64.b64encode(self._hash + self._key.sign(text.encode())).decode()
        return f"— {self.name} {signature}\n"

    def note(self, text: str) -> str:
        return f"{text}\n{self.line(text)}"


def record(module: str, version: str, h1: str) -> str:
    return f"{module} {version} {h1}\n{module} {version}/go.mod {_GO_MOD_H1}\n"


def toolchain_key(release: str) -> str:
    return f"{distpack.MODULE}@{distpack.module_version(release)}"


def toolchain_record(release: str, h1: str) -> str:
    return record(distpack.MODULE, distpack.module_version(release), h1)


class Log:
    """A log of `size` records: the given ones from number `at` on, and filler around them.

    `records` maps "module@version" to the record's text. Two logs that differ in size alone are
    prefixes of one another; `fork_at` makes the filler differ from that number on.
    """

    def __init__(
        self,
        records: dict[str, str],
        size: int = 1,
        at: int = 0,
        fork_at: Optional[int] = None,
        signer: Optional[Signer] = None,
    ) -> None:
        self.signer = signer or Signer()
        self.numbers = {key: at + index for index, key in enumerate(records)}
        self._texts = [_filler(number, fork_at) for number in range(max(size, at + len(records)))]
        self._texts[at : at + len(records)] = records.values()
        self._levels = _levels(self._texts)

    @property
    def size(self) -> int:
        return len(self._texts)

    def answer(self, path: str) -> Optional[bytes]:
        """The bytes at `path` below the database's address, or None where it has none."""
        if path == "supported":
            return b""
        if path == "latest":
            return self.head().encode()
        if path.startswith("lookup/"):
            return self.lookup(path.removeprefix("lookup/"))
        if tile := _TILE.fullmatch(path):
            number = int(tile[2].replace("/", "").replace("x", ""))
            return self.tile(int(tile[1]), number, int(tile[3] or 256))
        return None

    def head(self, *more: str) -> str:
        """The signed note over the whole tree, with further signed lines if asked."""
        root = base64.b64encode(self.root()).decode()
        lines = ["go.sum database tree", str(self.size), root, *more]
        return self.signer.note("".join(line + "\n" for line in lines))

    def lookup(self, key: str) -> Optional[bytes]:
        number = self.numbers.get(key)
        return None if number is None else self.message(number, self._texts[number], self.head())

    @staticmethod
    def message(number: int | str, text: str, note: str) -> bytes:
        """A lookup answer, from its parts."""
        return f"{number}\n{text}\n{note}".encode()

    def tile(self, level: int, number: int, width: int) -> Optional[bytes]:
        hashes = self._levels[8 * level] if 8 * level < len(self._levels) else []
        part = hashes[256 * number : 256 * number + width]
        return b"".join(part) if len(part) == width else None

    def root(self) -> bytes:
        """The hash of the whole tree: its complete subtrees, folded from the right."""
        subtrees, start = [], 0
        for level in reversed(range(self.size.bit_length())):
            if self.size >> level & 1:
                subtrees.append(self._levels[level][start >> level])
                start += 1 << level
        folded = subtrees.pop()
        while subtrees:
            folded = _node(subtrees.pop(), folded)
        return folded

    def files(self) -> dict[str, bytes]:
        """Everything that a static copy of the database needs, by path."""
        paths = ["supported", "latest", *(f"lookup/{key}" for key in self.numbers)]
        for level in range(0, len(self._levels), 8):
            for number in range(-(-len(self._levels[level]) // 256)):
                width = min(256, len(self._levels[level]) - 256 * number)
                paths.append(tile_path(level // 8, number, width))
        return {path: self.answer(path) for path in paths}


def tile_path(level: int, number: int, width: int = 256) -> str:
    groups = f"{number % 1000:03}"
    while number := number // 1000:
        groups = f"x{number % 1000:03}/{groups}"
    return f"tile/8/{level}/{groups}" + (f".p/{width}" if width < 256 else "")


def _filler(number: int, fork_at: Optional[int]) -> str:
    forked = fork_at is not None and number >= fork_at
    return record("fork.test/filler" if forked else "gov.test/filler", f"v1.0.{number}", _GO_MOD_H1)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _levels(texts: list[str]) -> list[list[bytes]]:
    """The hashes of all complete subtrees: level 0 holds the records, each next one the pairs."""
    levels = [[hashlib.sha256(b"\x00" + text.encode()).digest() for text in texts]]
    while len(below := levels[-1]) > 1:
        levels.append([_node(*below[left : left + 2]) for left in range(0, len(below) - 1, 2)])
    return levels
