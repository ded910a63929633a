# SPDX-License-Identifier: Apache-2.0
"""Derived data that survives test runs: made once, atomically, under a lock."""

import fcntl
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Iterator


def directory() -> Path:
    """GOV_TEST_CACHE, else gov-tests in the user's cache directory; created when absent."""
    user_cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(os.environ.get("GOV_TEST_CACHE") or Path(user_cache) / "gov-tests")
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Holds one named lock against other test runs."""
    with open(directory() / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made(path: Path, make: Callable[[Path], None]) -> Path:
    """`path`, made by `make` beside it and renamed, unless it is there already."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=".making-")
    os.close(descriptor)
    try:
        make(Path(aside))
        os.replace(aside, path)
    finally:
        Path(aside).unlink(missing_ok=True)
    return path
