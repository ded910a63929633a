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
    members += [file_member(f"go/{path}", data, distpack.mode(path)) for path, data in files.items()]
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
    local_name: Optional[bytes] = None
    declared_size: Optional[int] = None
    declared_crc: Optional[int] = None
    method: int = zipfile_deflated if (zipfile_deflated := 8) else 0
    flags: int = 0
    where: Where = Where.BOTH
