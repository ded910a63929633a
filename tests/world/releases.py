# SPDX-License-Identifier: Apache-2.0
"""The genuine releases of the world, brought and verified by the go command on PATH."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from world import cache, distpack

GENUINE = ("go1.22.6", "go1.22.7", "go1.24.13")


class Unavailable(Exception):
    """The world cannot be made on this machine; tests that need it are skipped."""


@dataclass(frozen=True)
class Release:
    """One release as its sources serve it; some have no tarball on the download site."""

    name: str
    module_zip: Path
    tarball: Optional[Path]
    h1: str


def go_env(name: str) -> str:
    return _go("env", name)


def bring(name: str) -> Path:
    """The module zip of a genuine release, in the go command's own download cache."""
    module = f"{distpack.MODULE}@{distpack.module_version(name)}"
    with cache.locked("go"):
        # Not by switching to it: a go command that is this very release would have no need to.
        answer = _go("mod", "download", "-json", module, GOTOOLCHAIN="local", GOFLAGS="-mod=mod")
    return Path(json.loads(answer)["Zip"])


def recorded_h1(module_zip: Path) -> str:
    """The h1 that the go command found in the public checksum database."""
    return module_zip.with_suffix(".ziphash").read_text().strip()


def _go(*arguments: str, **environment: str) -> str:
    program = shutil.which("go")
    if program is None:
        raise Unavailable("there is no go on PATH to bring the releases")
    finished = subprocess.run(
        [program, *arguments], env={**os.environ, **environment}, capture_output=True, text=True
    )
    if finished.returncode != 0:
        raise Unavailable(f"go {' '.join(arguments)} failed: {finished.stderr.strip()}")
    return finished.stdout.strip()
