# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the shell tests: a private home with made-up toolchains, and shells in it."""

import shutil
from functools import partial
import zipfile
from pathlib import Path
from typing import Callable, Iterator, Optional

import pytest

from terminal import ASKING, NAMES, Shell, program
from world import distpack
from world.program import Gov
from world.releases import Unavailable, bring

# The releases that every test here has installed.
INSTALLED = ("go1.22.6", "go1.24.13")
TOOLS = ("go", "gofmt")


def require(shell: str) -> str:
    """The shell's name; skips the test where it is not on this machine."""
    if program(shell) is None:
        pytest.skip(f"{shell} is not on this machine")
    return shell


class Home(Gov):
    """A home with toolchains that consist of their bin directories."""

    def __init__(self, binary: Path, root: Path, programs: dict[str, Path]) -> None:
        super().__init__(binary, root)
        self._programs = programs
        for name in INSTALLED:
            self.install(name)

    def install(self, name: str) -> Path:
        directory = self.make_up(name)
        for tool in TOOLS:
            (directory / tool).symlink_to(self._programs[name] / tool)
        return directory.parent

    def pin(self, directory: Path, version: str) -> Path:
        """Writes the directory's pin file."""
        directory.mkdir(parents=True, exist_ok=True)
        file = directory / ".gotoolchain.toml"
        file.write_text(f'go = "{version}"\n')
        return file

    def project_on(self, version: str, name: str = "") -> Path:
        """A directory that pins the version."""
        directory = self.root / (name or f"on-{version}")
        self.pin(directory, version)
        return directory

    def bin(self, name: str) -> str:
        return str(self.goroot(name) / "bin")

    @property
    def shims(self) -> str:
        return str(self.govhome / "shims")


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where go and gofmt of each release are: genuine ones, or stand-ins that are at least ELF."""
    fake = tmp_path_factory.mktemp("programs")
    for tool in TOOLS:
        shutil.copy("/bin/true", fake / tool)
    found = dict.fromkeys(INSTALLED + ("go1.21.1",), fake)
    for name in INSTALLED:
        try:
            found[name] = _programs_of(bring(name), tmp_path_factory.mktemp(name))
        except Unavailable:
            pass
    return found


def _programs_of(module_zip: Path, directory: Path) -> Path:
    """go and gofmt of the release, unpacked into the directory."""
    with zipfile.ZipFile(module_zip) as archive:
        prefix = f"{distpack.MODULE}@{module_zip.stem}/bin/"
        for tool in TOOLS:
            (directory / tool).write_bytes(archive.read(prefix + tool))
            (directory / tool).chmod(0o755)
    return directory


@pytest.fixture
def home(binary: Path, directory: Path, programs: dict[str, Path]) -> Home:
    return Home(binary, directory, programs)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """The name of each shell whose hook keeps gov's answers."""
    return require(request.param)


@pytest.fixture(params=ASKING)
def asking(request: pytest.FixtureRequest) -> str:
    """The name of each shell whose hook asks gov at each prompt."""
    return require(request.param)


@pytest.fixture
def start_any(home: Home) -> Iterator[Callable[..., Shell]]:
    """Starts shells of a kind in the home; ends them with the test."""
    shells = []

    def started(name: str, cwd: Optional[Path] = None, **options) -> Shell:
        shells.append(Shell(name, home, cwd, **options))
        return shells[-1]

    yield started
    for shell in shells:
        shell.close()


@pytest.fixture
def start(start_any: Callable[..., Shell], name: str) -> Callable[..., Shell]:
    """Starts shells of the kind under test."""
    return partial(start_any, name)


@pytest.fixture
def start_asking(start_any: Callable[..., Shell], asking: str) -> Callable[..., Shell]:
    """The same for shells that ask at each prompt."""
    return partial(start_any, asking)
