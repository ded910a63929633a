# SPDX-License-Identifier: Apache-2.0
"""A small made-up release: some thirty files with all that gov looks at in a release.

Its bin/go is a copy of /bin/true, an ELF program of this machine.
"""

from pathlib import Path
from typing import Optional

from world import archives, distpack
from world.releases import Release

NAME = "go1.99.1"
OUTSIDE_ASCII = "test/fixedbugs/issue27836.dir/Þfoo.go"

# What a tarball carries and the module does not.
EXTRAS = {
    "api/go1.txt": b"pkg archive/tar, const TypeBlock = 52\n",
    "doc/go_spec.html": b"<!DOCTYPE html>\n",
    "misc/editors": b"see the wiki\n",
    "misc/wasm/go_js_wasm_exec": b"#!/bin/sh\n",
    OUTSIDE_ASCII: b"package foo\n",
}

_GO_FILES = ("fmt/print", "fmt/scan", "io/io", "net/http/server", "os/file", "runtime/proc", "Þ/Þ")
_TOOLS = ("asm", "compile", "link", "vet")
_TEXTS = ("CONTRIBUTING.md", "LICENSE", "PATENTS", "README.md", "SECURITY.md", "codereview.cfg")


def files(name: str = NAME) -> dict[str, bytes]:
    """The content of the made-up release called `name`, by path, without the extras."""
    program = Path("/bin/true").read_bytes()
    tools = distpack.PLATFORM.replace("-", "_")
    return {
        "VERSION": f"{name}\ntime 2026-01-02T03:04:05Z\n".encode(),
        "go.env": b"GOTOOLCHAIN=auto\n",
        "bin/go": program + f"\nbin/go of {name}\n".encode(),
        "bin/gofmt": program + b"\nbin/gofmt\n",
        "lib/time/zoneinfo.zip": bytes(range(256)) * 40,
        "lib/wasm/go_js_wasm_exec": b"#!/usr/bin/env bash\n",
        "src/all.bash": b"#!/usr/bin/env bash\n",
        "src/go.mod": b"module std\n\ngo 1.99\n",
        "src/cmd/go.mod": b"module cmd\n\ngo 1.99\n",
        "src/cmd/go/testdata/empty": b"",
        **{text: f"{text} of {name}\n".encode() * 30 for text in _TEXTS},
        **{f"pkg/tool/{tools}/{tool}": program + tool.encode() for tool in _TOOLS},
        **{f"src/{path}.go": f"package {path}\n".encode() * 200 for path in _GO_FILES},
    }


def release(directory: Path, name: str = NAME, more: Optional[dict[str, bytes]] = None) -> Release:
    """The made-up release, with more files, as a zip and a tarball written to `directory`."""
    content = files(name) | (more or {})
    module_zip = directory / f"{distpack.module_version(name)}.zip"
    module_zip.write_bytes(archives.zip_archive(archives.module_entries(name, content)))
    tarball = directory / distpack.tarball_name(name)
    tarball.write_bytes(archives.tar_gz(archives.release_members({**content, **EXTRAS})))
    return Release(name, module_zip, tarball, distpack.h1_of_files(name, content))
