# SPDX-License-Identifier: Apache-2.0
"""Archives that no release has: refused whatever the index says, and nothing written outside.

The index has each hostile tarball's true sum. Where the hostile member lies in a folder that the
log does not cover, the log agrees as well, so that only the reader of the archive can refuse.
"""

import gzip
import io
import struct
import tarfile
from dataclasses import replace

import pytest

from world import archives, distpack, mini, publish
from world.archives import Where, ZipEntry, file_member, special_member
from world.world import log_of, mount_log

NAME = mini.NAME
PREFIX = distpack.module_name(NAME, "")
MARK = b"written by a hostile archive"


@pytest.fixture
def refused(gov, world, server, directory):
    """Serves the bytes of an archive and asserts that gov refuses them."""

    def check(body: bytes, source: str, code: int = 3, h1: str = "") -> str:
        files = {"download": directory / world.mini.tarball.name, "proxy": directory / "mini.zip"}
        files[source].write_bytes(body)
        field = {"download": "tarball", "proxy": "module_zip"}[source]
        release = replace(world.mini, h1=h1 or world.mini.h1, **{field: files[source]})
        server.routes.update(publish.proxy_routes([release]) | publish.site_routes([release]))
        if h1:
            mount_log(server, log_of(release, 600))
        files["outside"] = directory / "outside"
        result = gov.refuses(NAME, code, env={"GOV_SOURCES": source}, timeout=30)
        served = set(files.values())
        for path in directory.rglob("*"):
            assert path in served or not path.is_file() or MARK not in path.read_bytes()
        return result.stderr

    return check


def release_files() -> dict[str, bytes]:
    return {**mini.files(), **mini.EXTRAS}


def tarball_with(*members) -> bytes:
    return archives.tar_gz([*archives.release_members(release_files()), *members])


def pax(name: str, **headers: str):
    return file_member(name, MARK, pax_headers=headers)


# Each is tried in a folder that the log covers and in one that it does not.
MEMBERS = {
    "a parent in the name": lambda at: [file_member(f"go/{at}/../../../outside", MARK)],
    "an absolute name": lambda at: [file_member("/tmp/outside", MARK)],
    "a dot in the name": lambda at: [file_member(f"./go/{at}/x", MARK)],
    "two slashes": lambda at: [file_member(f"go//{at}/x", MARK)],
    "a name replaced in a PAX header": lambda at: [pax(f"go/{at}/x", path="../../outside")],
    "a symbolic link": lambda at: [special_member(f"go/{at}/l", tarfile.SYMTYPE, "/etc/passwd")],
    "a file through a symbolic link": lambda at: [
        special_member(f"go/{at}/l", tarfile.SYMTYPE, "../../.."),
        file_member(f"go/{at}/l/outside", MARK),
    ],
    "a link replaced by a file": lambda at: [
        special_member(f"go/{at}/l", tarfile.SYMTYPE, "../../../outside"),
        file_member(f"go/{at}/l", MARK),
    ],
    "a hard link": lambda at: [special_member(f"go/{at}/l", tarfile.LNKTYPE, "go/VERSION")],
    "a hard link outside": lambda at: [
        special_member(f"go/{at}/l", tarfile.LNKTYPE, "/etc/passwd")
    ],
    "a FIFO": lambda at: [special_member(f"go/{at}/f", tarfile.FIFOTYPE)],
    "a character device": lambda at: [special_member(f"go/{at}/null", tarfile.CHRTYPE)],
    "a block device": lambda at: [special_member(f"go/{at}/disk", tarfile.BLKTYPE)],
    "a file twice": lambda at: [file_member(f"go/{at}/x", b"1"), file_member(f"go/{at}/x", MARK)],
    "names that differ in case": lambda at: [
        file_member(f"go/{at}/abc", b"1"),
        file_member(f"go/{at}/ABC", MARK),
    ],
    "a file under a file": lambda at: [
        file_member(f"go/{at}/x", b"1"),
        file_member(f"go/{at}/x/y", MARK),
    ],
    "a file in place of a directory": lambda at: [file_member(f"go/{at}", MARK)],
    "a backslash": lambda at: [file_member(f"go/{at}/..\\..\\outside", MARK)],
    "a control character": lambda at: [file_member(f"go/{at}/a\x1b[2Jb", MARK)],
    "a bidirectional override": lambda at: [file_member(f"go/{at}/a\u202eb", MARK)],
    "a device name of Windows": lambda at: [file_member(f"go/{at}/aux.go", MARK)],
    "a name with a trailing dot": lambda at: [file_member(f"go/{at}/x.", MARK)],
    "a colon": lambda at: [file_member(f"go/{at}/x:y", MARK)],
    "a long path": lambda at: [file_member(f"go/{at}/" + "x" * 200 + "/" + "y" * 2000, MARK)],
    "a deep path": lambda at: [file_member(f"go/{at}/" + "d/" * 400 + "x", MARK)],
    "a second top directory": lambda at: [file_member(f"evil/{at}/x", MARK)],
    "a file beside the top directory": lambda at: [file_member("x", MARK)],
}


@pytest.mark.parametrize("folder", ["src", "test"])
@pytest.mark.parametrize("name", MEMBERS)
def test_a_tarball_with_a_hostile_member(refused, name, folder):
    refused(tarball_with(*MEMBERS[name](folder)), "download")


@pytest.mark.parametrize("folder", ["src", "test"])
def test_a_tarball_name_that_is_no_utf_8(refused, folder):
    body = gzip.decompress(tarball_with(file_member(f"go/{folder}/PLACEHOLDER", MARK)))
    renamed = body.replace(b"PLACEHOLDER", b"PLACE\xff\xfeLDER")
    refused(gzip.compress(_with_right_checksums(renamed), 1), "download")


def _with_right_checksums(tar: bytes) -> bytes:
    """Repairs header checksums after an edit."""
    blocks = bytearray(tar)
    for start in range(0, len(blocks), 512):
        if blocks[start + 257 : start + 262] == b"ustar":
            blocks[start + 148 : start + 156] = b" " * 8
            total = sum(blocks[start : start + 512])
            blocks[start + 148 : start + 156] = b"%06o\0 " % total
    return bytes(blocks)


FIELDS = {
    "set-user-ID": {"mode": 0o6755},
    "world-writable": {"mode": 0o777},
    "no mode": {"mode": 0},
    "an owner": {"uid": 1, "gid": 2, "uname": "daemon", "gname": "wheel"},
    "a time long past": {"mtime": 0},
    "a time far ahead": {"mtime": 1 << 40},
}


@pytest.mark.parametrize("name", FIELDS)
def test_modes_owners_and_times_of_a_tarball_are_ignored(gov, world, server, directory, name):
    members = archives.release_members(release_files())
    for info, _ in members:
        for field, value in FIELDS[name].items():
            setattr(info, field, value)
    tarball = directory / world.mini.tarball.name
    tarball.write_bytes(archives.tar_gz(members))
    server.routes.update(publish.site_routes([replace(world.mini, tarball=tarball)]))
    gov.run("install", NAME, env={"GOV_SOURCES": "download"})
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)
    assert {path.stat().st_uid for path in gov.goroot(NAME).rglob("*")} == {gov.root.stat().st_uid}


# The tarball as a stream.


def _plain() -> bytes:
    return gzip.decompress(tarball_with())


STREAMS = {
    "bytes after the gzip stream": lambda: tarball_with() + b"trailing",
    "a second gzip stream": lambda: tarball_with() + gzip.compress(MARK),
    "a second tar": lambda: gzip.compress(_plain() * 2, 1),
    "bytes after the end of the tar": lambda: gzip.compress(_plain() + MARK, 1),
    "half a tar in a whole gzip": lambda: gzip.compress(_plain()[: len(_plain()) // 1024 * 512], 1),
    "no end of the tar": lambda: gzip.compress(_plain().rstrip(b"\0"), 1),
    "half a gzip": lambda: tarball_with()[: len(tarball_with()) // 2],
    "no compression": _plain,
    "another top directory": lambda: _with_top("golang"),
    "no top directory": lambda: _with_top("."),
    "a wrong header checksum": lambda: gzip.compress(
        _plain().replace(b"go/VERSION", b"go/VERSIOM"), 1
    ),
    "a size beyond the end": lambda: gzip.compress(_with_lying_size(), 1),
    "a gibibyte of zeros": lambda: _bomb(1 << 30),
}


def _with_top(top: str) -> bytes:
    members = archives.release_members(release_files())
    for info, _ in members:
        info.name = top + info.name.removeprefix("go")
    return archives.tar_gz(members)


def _with_lying_size() -> bytes:
    tar = bytearray(_plain())
    header = tar.rindex(b"go/src/os/file.go")
    tar[header + 124 : header + 136] = b"77777777777\0"
    return _with_right_checksums(bytes(tar))


def _bomb(size: int) -> bytes:
    """A tarball with one more file, of zeros, that is never whole in memory."""
    output = io.BytesIO()
    with gzip.GzipFile("", "wb", 1, output, mtime=0) as zipped:
        zipped.write(_plain().rstrip(b"\0") + bytes(512))
        info, _ = file_member("go/src/zeros", b"")
        info.size = size
        zipped.write(info.tobuf())
        for _ in range(size >> 20):
            zipped.write(bytes(1 << 20))
    return output.getvalue()


@pytest.mark.parametrize("name", STREAMS)
def test_a_tarball_that_is_not_one_whole_stream(refused, name):
    refused(STREAMS[name](), "download")


@pytest.mark.long
def test_a_tarball_of_very_many_files(refused):
    members = (file_member(f"go/test/{number}", b"") for number in range(200_000))
    refused(tarball_with(*members), "download")


# The module zip.


def entries() -> list[ZipEntry]:
    return archives.module_entries(NAME, mini.files())


def zip_with(*more: ZipEntry, comment: bytes = b"") -> bytes:
    return archives.zip_archive([*entries(), *more], comment)


def zip_where(change) -> bytes:
    """The honest zip with `change` applied to the entry of src/os/file.go."""
    changed = entries()
    change(next(entry for entry in changed if entry.name.endswith(b"src/os/file.go")))
    return archives.zip_archive(changed)


def entry(path: str, **fields) -> ZipEntry:
    return ZipEntry((PREFIX + path).encode(), MARK, **fields)


def with_swapped_names() -> bytes:
    """Two local names swapped: by the central directory alone, the h1 is right."""
    changed = entries()
    first, second = (one for one in changed if one.name.endswith((b"/asm", b"/vet")))
    first.local_name, second.local_name = second.name, first.name
    return archives.zip_archive(changed)


def with_two_on_one() -> bytes:
    return zip_with(entry("src/one"), entry("src/two", where=Where.CENTRAL_ONLY))


def with_field(signature: bytes, offset: int, value: bytes) -> bytes:
    """The honest zip with a field changed in the last record that has a signature."""
    body = bytearray(zip_with())
    start = body.rindex(signature) + offset
    body[start : start + len(value)] = value
    return bytes(body)


def set_fields(**fields):
    def change(entry: ZipEntry) -> None:
        for field, value in fields.items():
            setattr(entry, field, value)

    return lambda: zip_where(change)


CENTRAL, END = b"PK\x01\x02", b"PK\x05\x06"
ZIPS = {
    "a parent in the name": lambda: zip_with(entry("src/../../../../outside")),
    "a name outside the module": lambda: zip_with(ZipEntry(b"outside", MARK)),
    "an absolute name": lambda: zip_with(ZipEntry(b"/tmp/outside", MARK)),
    "another module's prefix": lambda: zip_with(ZipEntry(b"golang.org/toolchain@v0.0.1/x", MARK)),
    "a backslash": lambda: zip_with(entry("src\\..\\outside")),
    "a NUL in the name": lambda: zip_with(entry("src/a\0b")),
    "a name that is no UTF-8": lambda: zip_with(ZipEntry(PREFIX.encode() + b"src/\xff", MARK)),
    "an empty name": lambda: zip_with(ZipEntry(b"", MARK)),
    "a symbolic link": lambda: zip_with(entry("src/l", mode=0o120777)),
    "a FIFO": lambda: zip_with(entry("src/f", mode=0o010644)),
    "a directory": lambda: zip_with(ZipEntry((PREFIX + "src/d/").encode(), b"", mode=0o040755)),
    "a directory with data": lambda: zip_with(entry("src/d/", mode=0o040755)),
    "a file twice": lambda: zip_with(entry("src/x"), entry("src/x")),
    "names that differ in case": lambda: zip_with(entry("src/x"), entry("src/X")),
    "a file under a file": lambda: zip_with(entry("VERSION/x")),
    "go.mod beside _go.mod": lambda: zip_with(entry("src/go.mod")),
    "a folder that the module has not": lambda: zip_with(entry("test/x.go")),
    "local names swapped": with_swapped_names,
    "a local name of its own": set_fields(local_name=f"{PREFIX}src/os/evil.go".encode()),
    "an entry only in the body": lambda: zip_with(entry("bin/evil", where=Where.LOCAL_ONLY)),
    "an entry only in the directory": lambda: zip_with(entry("x", where=Where.CENTRAL_ONLY)),
    "two entries over the same bytes": with_two_on_one,
    "a declared size of 0": set_fields(declared_size=0),
    "a declared size too large": set_fields(declared_size=1 << 31),
    "a wrong CRC": set_fields(declared_crc=1),
    "an encrypted entry": set_fields(flags=1),
    "an unknown method": set_fields(method=12),
    "bytes before": lambda: MARK + zip_with(),
    "bytes after": lambda: zip_with() + MARK,
    "a zip before": lambda: zip_with() * 2,
    "a comment": lambda: zip_with(comment=MARK),
    "a comment with an end record": lambda: zip_with(comment=zip_with()[-22:]),
    "too few entries counted": lambda: with_field(END, 8, struct.pack("<HH", 3, 3)),
    "too many entries counted": lambda: with_field(END, 8, struct.pack("<HH", 900, 900)),
    "several disks": lambda: with_field(END, 4, struct.pack("<HH", 1, 1)),
    "a directory elsewhere": lambda: with_field(END, 16, struct.pack("<I", 7)),
    "an entry elsewhere": lambda: with_field(CENTRAL, 42, struct.pack("<I", 7)),
    "an entry behind the end": lambda: with_field(CENTRAL, 42, struct.pack("<I", 1 << 31)),
    "a compressed size beyond the end": lambda: with_field(CENTRAL, 20, struct.pack("<I", 1 << 31)),
    "a bomb of 600 MiB": lambda: zip_with(ZipEntry((PREFIX + "src/z").encode(), bytes(600 << 20))),
}


@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_module_zip(refused, name):
    refused(ZIPS[name](), "proxy")


@pytest.mark.parametrize("mode", [0, 0o100777, 0o104755, 0o106755])
def test_modes_of_a_module_zip_are_ignored(gov, world, server, mode):
    changed = entries()
    for one in changed:
        one.mode = mode
    server.routes[publish.zip_path(NAME)] = archives.zip_archive(changed)
    gov.run("install", NAME, env={"GOV_SOURCES": "proxy"})
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


# Trees that the log proves and that are no toolchain.

SCRIPT = b"#!/bin/sh\necho go version go1.99.1\n"
ELF = mini.files()["bin/go"]
TREES = {
    "without bin/go": {"bin/go": None},
    "with an empty bin/go": {"bin/go": b""},
    "with a script as bin/go": {"bin/go": SCRIPT},
    "with a bin/go for another machine": {"bin/go": ELF[:18] + b"\x16\0" + ELF[20:]},
    "without VERSION": {"VERSION": None},
    "with the VERSION of another release": {"VERSION": b"go1.99.2\n"},
    "with a VERSION that is none": {"VERSION": b"\x1b[2J"},
}


@pytest.mark.parametrize("source", ["proxy", "download"])
@pytest.mark.parametrize("name", TREES)
def test_a_proved_tree_that_is_no_toolchain(refused, name, source):
    changed = {**mini.files(), **TREES[name]}
    files = {path: data for path, data in changed.items() if data is not None}
    body = {
        "proxy": lambda: archives.zip_archive(archives.module_entries(NAME, files)),
        "download": lambda: archives.tar_gz(archives.release_members(files)),
    }[source]()
    refused(body, source, h1=distpack.h1_of_files(NAME, files))
