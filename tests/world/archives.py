# SPDX-License-Identifier: Apache-2.0
"""Writers of release tarballs and module zips, able to write what no honest tool would."""

import gzip
import io
import struct
import tarfile
import zlib
from dataclasses import dataclass
from enum import Enum, auto
from typing import BinaryIO, Iterable, Optional

from world import distpack

MTIME = 1_767_323_045  # 2026-01-02T03:04:05Z
_DOS_TIME = struct.pack("<HH", 0x1882, 0x5C22)
_UNIX_TIME = struct.pack("<HHBI", 0x5455, 5, 1, MTIME)
_DESCRIPTOR_FLAG = 0x8
_UTF8_FLAG = 0x800

Member = tuple[tarfile.TarInfo, bytes]


def file_member(name: str, data: bytes, mode: int = 0o644, **fields) -> Member:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(data), mode, MTIME
    for field, value in fields.items():
        setattr(info, field, value)
    return info, data


def directory_member(name: str, mode: int = 0o755) -> Member:
    return file_member(name, b"", mode, type=tarfile.DIRTYPE)


def special_member(name: str, kind: bytes, linkname: str = "") -> Member:
    return file_member(name, b"", type=kind, linkname=linkname, devmajor=1, devminor=3)


def release_members(files: dict[str, bytes]) -> list[Member]:
    """The members of a release's tarball in distpack's order: each directory before its files."""
    folders = {f"go/{path}" for path in distpack.parents(files)} | {"go"}
    members = [directory_member(folder) for folder in folders]
    members += [
        file_member(f"go/{path}", data, distpack.mode(path)) for path, data in files.items()
    ]
    return sorted(members, key=lambda member: member[0].name.split("/"))


def write_tar_gz(members: Iterable[Member], output: BinaryIO) -> None:
    zipped = gzip.GzipFile("", "wb", 6, output, mtime=0)
    with zipped, tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))


def tar_gz(members: Iterable[Member]) -> bytes:
    output = io.BytesIO()
    write_tar_gz(members, output)
    return output.getvalue()


class Where(Enum):
    """Where a zip entry appears; one of the two alone is a lie."""

    BOTH = auto()
    LOCAL_ONLY = auto()
    CENTRAL_ONLY = auto()  # points at the local header written before it


@dataclass
class ZipEntry:
    """One zip entry; what is None follows from the data."""

    name: bytes
    data: bytes = b""
    mode: int = 0o100644
    method: int = 8
    flags: int = 0
    local_name: Optional[bytes] = None
    declared_size: Optional[int] = None
    declared_crc: Optional[int] = None
    where: Where = Where.BOTH

    def packed(self) -> bytes:
        if self.method == 0:
            return self.data
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        return deflate.compress(self.data) + deflate.flush()

    def all_flags(self) -> int:
        utf8 = 0 if self.name.isascii() else _UTF8_FLAG
        return self.flags | _DESCRIPTOR_FLAG | utf8

    def sums(self, packed: bytes) -> bytes:
        crc = zlib.crc32(self.data) if self.declared_crc is None else self.declared_crc
        size = len(self.data) if self.declared_size is None else self.declared_size
        return struct.pack("<III", crc, len(packed), size)

    def local(self, packed: bytes) -> bytes:
        name = self.name if self.local_name is None else self.local_name
        head = struct.pack("<4sHHH", b"PK\x03\x04", 20, self.all_flags(), self.method)
        lengths = struct.pack("<IIIHH", 0, 0, 0, len(name), len(_UNIX_TIME))
        descriptor = b"PK\x07\x08" + self.sums(packed)
        return head + _DOS_TIME + lengths + name + _UNIX_TIME + packed + descriptor

    def central(self, packed: bytes, offset: int) -> bytes:
        head = struct.pack("<4sHHHH", b"PK\x01\x02", 0x0314, 20, self.all_flags(), self.method)
        lengths = struct.pack("<HHHHH", len(self.name), len(_UNIX_TIME), 0, 0, 0)
        place = struct.pack("<II", self.mode << 16, offset)
        return head + _DOS_TIME + self.sums(packed) + lengths + place + self.name + _UNIX_TIME


def zip_archive(entries: Iterable[ZipEntry], comment: bytes = b"") -> bytes:
    """A zip as archive/zip writes it: deflated, sizes in data descriptors, Unix times."""
    body, listing, listed, offset = bytearray(), bytearray(), 0, 0
    for entry in entries:
        packed = entry.packed()
        if entry.where is not Where.CENTRAL_ONLY:
            offset = len(body)
            body += entry.local(packed)
        if entry.where is not Where.LOCAL_ONLY:
            listing += entry.central(packed, offset)
            listed += 1
    counts = struct.pack("<HHHH", 0, 0, listed, listed)
    places = struct.pack("<IIH", len(listing), len(body), len(comment))
    return bytes(body + listing + b"PK\x05\x06" + counts + places + comment)


def module_entries(release: str, files: dict[str, bytes]) -> list[ZipEntry]:
    """The entries of a release's module zip, in distpack's order."""
    covered = [path for path in files if distpack.in_module(path)]
    entries = [
        ZipEntry(
            distpack.module_name(release, path).encode(),
            files[path],
            0o100000 | distpack.mode(path),
        )
        for path in covered
    ]
    return sorted(entries, key=lambda entry: entry.name)
