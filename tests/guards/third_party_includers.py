# SPDX-License-Identifier: Apache-2.0
"""Each third-party library has one includer, and no header of gov's shows it to others."""

import re
from typing import Iterator

import tree

# What a library's headers start with, and who may include them: one file, or one a purpose.
INCLUDERS = {
    "CLI/": "src/cli/parse.cpp",
    "archive": ("src/download/tarball.cpp", "src/cross/release/archive_writer.cpp"),  # reads, writes
    "curl/": "src/download/http.cpp",
    "fmt/core": "src/base/format.hpp",  # in a header: format strings are checked where they stand
    "fmt/format": "src/base/format.cpp",
    "isa-l": "src/download/inflater.cpp",
    "nlohmann/": "src/base/json.cpp",
    "openssl/": "src/base/crypto.cpp",
    "toml": "src/project/toml.cpp",
    "zlib": "src/download/inflater.cpp",
}
HEAVY = {
    "iostream": "it costs start-up time and code; base::Output writes",
    "regex": "it is slow and recurses on its input; parse by hand",
    "format": "GCC 12 has none; base/format.hpp has format()",
    "print": "GCC 12 has none; base::Output writes",
}
# The C library's and the kernel's.
SYSTEM = re.compile(
    r"(?:arpa|linux|netinet|sys)/[a-z0-9_]+\.h"
    r"|(?:dirent|dlfcn|errno|fcntl|poll|pwd|signal|spawn|stdlib|strings|termios|time|unistd)\.h"
)


def complaint(file: str, name: str) -> str:
    """What is wrong with `file` including <name>; empty where it may."""
    if name in HEAVY:
        return f"<{name}> is not used: {HEAVY[name]}"
    for prefix, includer in INCLUDERS.items():
        if name.startswith(prefix):
            allowed = (includer,) if isinstance(includer, str) else includer
            return "" if file in allowed else f"<{name}> is for {' and '.join(allowed)} alone"
    is_standard = "." not in name and "/" not in name
    return "" if is_standard or SYSTEM.fullmatch(name) else f"<{name}> is of an unknown library"


def broken() -> Iterator[str]:
    unused = set(INCLUDERS)
    for source in tree.sources(".cpp", ".hpp"):
        file = tree.place(source)
        for line, name in tree.includes(source):
            if name[0] == '"':
                continue
            unused -= {prefix for prefix in unused if name[1:].startswith(prefix)}
            if said := complaint(file, name[1:-1]):
                yield f"{tree.place(source, line)}: {said}"
    for prefix in sorted(unused):
        yield f"{INCLUDERS[prefix]}: does not include <{prefix}…> any more"


if __name__ == "__main__":
    tree.finish(
        broken(),
        "put the library behind the file that has it already; a new library, or a new place for an "
        "old one, is a row in the table of tests/guards/third_party_includers.py",
    )
