# SPDX-License-Identifier: Apache-2.0
"""What cmd/distpack fixes about a Go release: member names, modes and the module's h1.

Source: src/cmd/distpack/pack.go, and golang.org/x/mod/sumdb/dirhash for h1. Written here
again, apart from gov's own code, so that the two check each other.
"""

import base64
import hashlib
import os
import platform
import re
import stat
from pathlib import Path, PurePosixPath
from typing import Iterable, Iterator, Mapping

PLATFORM = "linux-" + {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
MODULE = "golang.org/toolchain"

_OUTSIDE_THE_MODULE = ("api/", "doc/", "misc/", "test/")
_EXECUTABLE = re.compile(r"(bin|pkg/tool)/|.*\.(bash|sh|pl|rc)$|(.*/)?go_[^/]+_[^/]+_exec$")


def module_version(release: str) -> str:
    return f"v0.0.1-{release}.{PLATFORM}"


def tarball_name(release: str) -> str:
    return f"{release}.{PLATFORM}.tar.gz"


def in_module(path: str) -> bool:
    return not path.startswith(_OUTSIDE_THE_MODULE)


def module_name(release: str, path: str) -> str:
    """The name of a release's file in its module zip, where go.mod is stored as _go.mod."""
    parent, slash, base = path.rpartition("/")
    stored = "_go.mod" if base == "go.mod" else base
    return f"{MODULE}@{module_version(release)}/{parent}{slash}{stored}"


def tree_path(name: str) -> str:
    """The inverse of module_name, for any release."""
    path = PurePosixPath(name.split("/", 2)[2])
    return str(path.with_name("go.mod") if path.name == "_go.mod" else path)


def mode(path: str) -> int:
    return 0o755 if _EXECUTABLE.match(path) else 0o644


def parents(paths: Iterable[str]) -> set[str]:
    """Every directory that holds one of `paths`, without the root itself."""
    found = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
    return found - {"."}


def h1(release: str, digests: Mapping[str, str]) -> str:
    """The module hash of a release, from the hex SHA-256 of each file by its path."""
    named = {module_name(release, path).encode(): digest for path, digest in digests.items()}
    lines = b"".join(named[name].encode() + b"  " + name + b"\n" for name in sorted(named))
    return "h1:" + base64.b64encode(hashlib.sha256(lines).digest()).decode()


def h1_of_files(release: str, files: Mapping[str, bytes]) -> str:
    covered = {path: data for path, data in files.items() if in_module(path)}
    return h1(release, {path: hashlib.sha256(data).hexdigest() for path, data in covered.items()})


def h1_of_directory(release: str, root: Path) -> str:
    files = [path for path, status in _entries(root) if not stat.S_ISDIR(status.st_mode)]
    return h1(release, {path: _small_file_digest(f"{root}/{path}") for path in files})


def is_whole(release: str, root: Path, expected_h1: str) -> bool:
    """Whether a directory holds a release's covered files, with distpack's modes, and no more."""
    for path, status in _entries(root):
        right = stat.S_IFDIR | 0o755 if stat.S_ISDIR(status.st_mode) else stat.S_IFREG | mode(path)
        if status.st_mode != right:
            return False
    return h1_of_directory(release, root) == expected_h1


def file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def modes_of_directory(root: Path) -> dict[str, int]:
    return {path: stat.S_IMODE(status.st_mode) for path, status in _entries(root)}


def _entries(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file and directory below `root` by its path there; faster than pathlib by far."""
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(f"{root}/{folder}") as found:
            for entry in found:
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path + "/")
                yield path, entry.stat(follow_symlinks=False)


def _small_file_digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:
        return hashlib.sha256(file.readall()).hexdigest()
