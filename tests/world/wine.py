# SPDX-License-Identifier: Apache-2.0
"""Wine for the tests: the system's for 64-bit programs, one in a root of its own for 32-bit ones.

Debian's packages for i386 cannot always be installed beside those for amd64, since all that both
have must be of one version. So there is a root with nothing else, built once, into the tests' own
cache, from where this system gets its packages; bubblewrap runs what is in it.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from world import cache
from world.releases import Unavailable

# What programs of both roots have in common: tests are below one of these.
SHARED = ("/dev", "/proc", "/tmp", tempfile.gettempdir())


def put_on_path(gov, arch: str) -> None:
    """Makes a Wine for programs of `arch` the one that gov finds; skips the test without one."""
    if arch == "386":
        try:
            gov.env["PATH"] = f"{_bring()}:{gov.env['PATH']}"
        except Unavailable as reason:
            pytest.skip(f"no 32-bit Wine: {reason}")
    elif shutil.which("wine") is None:
        pytest.skip("no wine; apt-get install wine wine64")


def _bring() -> Path:
    """A directory with the programs wine and wineserver; the root below it is built once."""
    if shutil.which("bwrap") is None:
        raise Unavailable("no bwrap; apt-get install bubblewrap")
    place = cache.directory() / "wine32"
    with cache.locked("wine32"):
        if not (place / "root").exists():
            _build_root(place)
        _try(_within(place / "root", "/bin/true"), "bubblewrap cannot run 32-bit programs here")
        for name in ("wine", "wineserver"):
            script = place / "bin" / name
            script.parent.mkdir(exist_ok=True)
            command = shlex.join(_within(place / "root", name))
            script.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
            script.chmod(0o755)
    return place / "bin"


def _within(root: Path, program: str) -> list[str]:
    """The command for a program of the root. It is started where the caller stands."""
    words = ["bwrap", "--bind", str(root), "/"]
    for shared in dict.fromkeys(SHARED):
        words += ["--dev-bind", shared, shared]
    words += ["--ro-bind", "/etc/hosts", "/etc/hosts"]  # which the new root does not have
    return [*words, program]


def _build_root(place: Path) -> None:
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    if shutil.which("debootstrap", path=path) is None:
        raise Unavailable("no debootstrap; apt-get install debootstrap")
    if os.geteuid() != 0:
        raise Unavailable("debootstrap needs root to build the root of 32-bit Wine")
    aside = place / "building"
    subprocess.run(["rm", "-rf", "--", aside], check=True)
    aside.mkdir(parents=True)
    suite, mirror = _source()
    words = ["debootstrap", "--arch=i386", "--variant=minbase", "--include=wine,wine32"]
    words += [suite, str(aside), mirror]
    _try(words, "the root of 32-bit Wine cannot be built", {**os.environ, "PATH": path})
    subprocess.run(["rm", "-rf", "--", aside / "var/cache/apt/archives"], check=True)
    aside.rename(place / "root")


def _source() -> tuple[str, str]:
    """This system's release and where apt has it from."""
    words = ["apt-get", "indextargets", "--format", "$(CODENAME) $(COMPONENT) $(LABEL) $(REPO_URI)"]
    try:
        listed = subprocess.run(words, capture_output=True, text=True).stdout
        release = dict(
            line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if line
        )
    except OSError as reason:
        raise Unavailable(f"no apt to ask for its sources: {reason}") from reason
    wanted = (release.get("VERSION_CODENAME"), "main", "Debian")
    for line in listed.splitlines():
        codename, component, label, mirror = line.split(" ", 3)
        if (codename, component, label) == wanted:
            return codename, mirror
    raise Unavailable("apt has no source of Debian's own packages")


def _try(words: list[str], what: str, environment=None) -> None:
    finished = subprocess.run(
        words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if finished.returncode != 0:
        said = (finished.stderr or finished.stdout).strip()
        raise Unavailable(f"{what}: {said[-300:]}")
