# SPDX-License-Identifier: Apache-2.0
"""gov-json(7), read as a schema: which members a command's JSON has, and of which type."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

_PAGE = Path(__file__).parents[2] / "man/gov-json.7"
_KINDS = {
    "string": str, "integer": int, "number": float, "boolean": bool, "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A member's types, and whether it may be missing."""

    types: frozenset[str]
    optional: bool


@dataclass(frozen=True)
class Section:
    """What the page says of one command, or of a part that several have."""

    is_array: bool
    members: dict[str, Member]


def sections() -> dict[str, Section]:
    """By the words of their headings."""
    parts = re.split(r"^\.Ss (.+)$", _PAGE.read_text(), flags=re.MULTILINE)
    return {name: _section(text) for name, text in zip(parts[1::2], parts[2::2])}


def _section(text: str) -> Section:
    text = re.split(r"^\.Sh ", text, flags=re.MULTILINE)[0]
    members = {}
    for name, types in re.findall(r"^\.It Va (\S+) Pq (.+)$", text, re.MULTILINE):
        assert name not in members, f"{name} stands twice"
        words, _, optional = types.partition(", ")
        assert optional in ("", "optional"), types
        members[name] = Member(frozenset(words.split(" or ")), bool(optional))
    assert members, text
    return Section("array" in text.partition(".Bl")[0], members)


def faults(value: Any, section: Section, known: dict[str, Section], extra: str = "") -> Iterator[str]:
    """What is wrong with a command's JSON. `extra`: a section whose members its elements have, too."""
    if section.is_array != isinstance(value, list):
        yield f"is {type(value).__name__}"
        return
    members = {**(known[extra].members if extra else {}), **section.members}
    for element in value if section.is_array else [value]:
        yield from _of_object(element, "", members, known)


def _of_object(value: dict, prefix: str, members: dict[str, Member], known: dict[str, Section]) -> Iterator[str]:
    for name, inner in value.items():
        member = members.get(prefix + name) or members.get(prefix + "*")
        if member is None:
            yield f"{prefix}{name} is not documented"
        else:
            yield from _of_value(inner, prefix + name, member, members, known)
    for path, member in members.items():
        name = path.removeprefix(prefix)
        if path.startswith(prefix) and re.fullmatch(r"\w+", name) and not member.optional and name not in value:
            yield f"{path} is missing"


def _of_value(value: Any, path: str, member: Member, members: dict[str, Member], known: dict[str, Section]) -> Iterator[str]:
    for kind in member.types & known.keys():
        if value is not None:
            yield from faults(value, known[kind], known)
            return
    if not any(type(value) is _KINDS.get(kind) for kind in member.types):
        yield f"{path} is {type(value).__name__}, not {' or '.join(sorted(member.types))}"
    elif isinstance(value, dict):
        yield from _of_object(value, path + ".", members, known)
    elif isinstance(value, list):
        element = members.get(path + "[]")
        for inner in value:
            if element:
                yield from _of_value(inner, path + "[]", element, members, known)
            elif isinstance(inner, dict):
                yield from _of_object(inner, path + "[].", members, known)
