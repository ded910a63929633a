# SPDX-License-Identifier: Apache-2.0
"""The download site: genuine releases repacked as tarballs, and its JSON index."""

import json
import zipfile
from pathlib import Path
from typing import Any, Iterable, Iterator

from world import archives, cache, distpack, mini
from world.releases import Release

Row = dict[str, Any]


def tarball(name: str, module_zip: Path) -> Path:
    """The tarball of a genuine release, packed at the first call and kept in the cache."""

    def pack(path: Path) -> None:
        with open(path, "wb") as output, zipfile.ZipFile(module_zip) as source:
            archives.write_tar_gz(_members(source), output)

    with cache.locked(f"tarball-{name}"):
        return cache.made(cache.directory() / "site" / distpack.tarball_name(name), pack)


def _members(source: zipfile.ZipFile) -> Iterator[archives.Member]:
    """Every file of the module and the extras, each directory before its files."""
    stored = {distpack.tree_path(name): name for name in source.namelist()}
    folders = {f"go/{folder}": "" for folder in distpack.parents([*stored, *mini.EXTRAS])}
    paths = {f"go/{path}": path for path in [*stored, *mini.EXTRAS]}
    for member in sorted({"go": "", **folders, **paths}, key=lambda name: name.split("/")):
        path = paths.get(member)
        if path is None:
            yield archives.directory_member(member)
        else:
            data = mini.EXTRAS[path] if path in mini.EXTRAS else source.read(stored[path])
            yield archives.file_member(member, data, distpack.mode(path))


def row(release: Release, **changes: Any) -> Row:
    """The index's row for a release's tarball, with some fields changed."""
    os_name, arch = distpack.PLATFORM.split("-")
    return {
        "filename": release.tarball.name,
        "os": os_name,
        "arch": arch,
        "version": release.name,
        "sha256": distpack.file_digest(release.tarball),
        "size": release.tarball.stat().st_size,
        "kind": "archive",
        **changes,
    }


def entry(version: str, *rows: Row) -> dict[str, Any]:
    stable = "beta" not in version and "rc" not in version
    return {"version": version, "stable": stable, "files": list(rows)}


def index(releases: Iterable[Release]) -> list[dict[str, Any]]:
    """The index of go.dev/dl, with the oddities that the real one has."""
    entries = [
        entry(one.name, _source_row(one.name), _other_platform_row(one.name), row(one))
        for one in releases
        if one.tarball
    ]
    return entries + _ODDITIES


def encoded(entries: Any) -> bytes:
    return json.dumps(entries, indent=1).encode()


def _source_row(version: str) -> Row:
    name = f"{version}.src.tar.gz"
    return _bare_row(name, "", "", version, sha256="5c" * 32, size=2_000, kind="source")


def _other_platform_row(version: str) -> Row:
    name = f"{version}.plan9-amd64.tar.gz"
    return _bare_row(name, "plan9", "amd64", version, sha256="9e" * 32, size=3_000)


def _bare_row(filename: str, os_name: str, arch: str, version: str, **changes: Any) -> Row:
    row = {"filename": filename, "os": os_name, "arch": arch, "version": version}
    return {**row, "sha256": "", "size": 0, "kind": "archive", **changes}


# A name that breaks the version grammar, releases without a hash, the bootstrap's fake platform.
_ODDITIES = [
    entry("go1.9.2rc2", _bare_row("go1.9.2rc2.linux-amd64.tar.gz", "linux", "amd64", "go1.9.2rc2")),
    entry("go1.4", _bare_row("go1.4.linux-amd64.tar.gz", "linux", "amd64", "go1.4")),
    entry(
        "go1.2.2",
        _bare_row("go1.2.2.darwin-amd64-osx10.6.tar.gz", "darwin", "amd64", "go1.2.2"),
        _bare_row("go1.2.2.darwin-amd64-osx10.8.tar.gz", "darwin", "amd64", "go1.2.2"),
    ),
    entry("go1", _bare_row("go1.4-bootstrap-20171003.tar.gz", "4", "bootstrap", "go1")),
]
