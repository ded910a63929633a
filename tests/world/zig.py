# SPDX-License-Identifier: Apache-2.0
"""A genuine zig for the tests of C code, as the Python package ziglang has it."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from world import cache
from world.releases import Unavailable


def bring() -> Path:
    """The directory with the program zig; installed once, into the tests' own cache."""
    found = importlib.util.find_spec("ziglang")
    if found is not None and found.submodule_search_locations:
        return Path(found.submodule_search_locations[0])
    place = cache.directory() / "ziglang"
    with cache.locked("ziglang"):
        if not (place / "ziglang/zig").exists():
            finished = subprocess.run(
                [sys.executable, "-m", "pip", "install", "-q", "--target", place, "ziglang"],
                capture_output=True,
                text=True,
            )
            if finished.returncode != 0:
                raise Unavailable(f"pip install ziglang: {finished.stderr.strip()[-200:]}")
    return place / "ziglang"


def built_libraries() -> Path:
    """Where zig keeps the C libraries that it has built: minutes each."""
    path = Path(os.environ.get("ZIG_GLOBAL_CACHE_DIR") or cache.directory() / "zig")
    path.mkdir(parents=True, exist_ok=True)
    return path
