# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the whole-program tests: the loopback world and gov in a private home."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Callable, Iterator

import pytest

from world.program import Gov
from world.releases import Release, Unavailable
from world.server import Server
from world.world import World

_REPOSITORY = Path(__file__).resolve().parent.parent
_MEMORY = Path("/dev/shm")
_MEMORY_NEEDED = 3 << 30


def _place() -> Path:
    """Where tests install: in memory if programs may run there; unpacking is mostly I/O."""
    if not os.access(_MEMORY, os.W_OK):
        return Path(tempfile.gettempdir())
    found = os.statvfs(_MEMORY)
    fits = found.f_bavail * found.f_frsize > _MEMORY_NEEDED
    runs = not found.f_flag & os.ST_NOEXEC
    return _MEMORY if fits and runs else Path(tempfile.gettempdir())


def _new_directory() -> Path:
    return Path(tempfile.mkdtemp(prefix="gov-tests-", dir=_place()))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also run the tests marked long")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes over 20 s; runs only with --all")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--all"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="long: runs with --all"))


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Notes a failure on the test, so that its directory is kept."""
    outcome = yield
    item.failed = getattr(item, "failed", False) or outcome.get_result().failed


@pytest.fixture(scope="session")
def binary() -> Path:
    """The gov under test: GOV_BINARY, else the one that the build makes."""
    path = Path(os.environ.get("GOV_BINARY") or _REPOSITORY / "build/src/gov").absolute()
    assert path.exists(), f"there is no {path}: build gov first, or set GOV_BINARY"
    return path


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture
def directory(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A directory for this test; removed after it, kept and named when it failed."""
    path = _new_directory()
    yield path
    if getattr(request.node, "failed", False):
        print(f"kept: {path}")
    else:
        subprocess.run(["rm", "-rf", "--", path], check=True)


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    """A server with the made-up release in proxy and download site, and the tests' own log."""
    server = world.serve()
    yield server
    server.close()


@pytest.fixture
def gov(binary: Path, world: World, server: Server, directory: Path) -> Gov:
    """gov with every source on loopback and with the tests' own log."""
    gov = Gov(binary, directory)
    gov.env |= {
        "GOPROXY": f"{server.url}/proxy",
        "GOV_MIRROR": f"{server.url}/dl",
        "GOSUMDB": world.log.signer.verifier,
    }
    return gov


@pytest.fixture
def genuine(request: pytest.FixtureRequest, world: World) -> dict[str, Release]:
    """The genuine releases, which this test's server and gov then get, with the public log."""
    try:
        releases = world.genuine
    except Unavailable as reason:
        pytest.skip(f"no genuine releases: {reason}")
    server, gov = request.getfixturevalue("server"), request.getfixturevalue("gov")
    world.publish_genuine(server)
    gov.env |= {"GOSUMDB": "sum.golang.org", "GOCACHE": str(world.build_cache)}
    return releases


@pytest.fixture(scope="session")
def install_once(binary: Path, world: World) -> Iterator[Callable[[str], Path]]:
    """Installs a genuine release once a session, and tells the GOV_HOME that has it."""
    root = _new_directory()
    server = world.serve()
    gov = Gov(binary, root)

    def install(name: str) -> Path:
        world.publish_genuine(server)
        sources = {"GOPROXY": f"{server.url}/proxy", "GOV_SOURCES": "proxy"}
        gov.run("install", name, env=sources)
        return gov.govhome

    yield install
    server.close()
    subprocess.run(["rm", "-rf", "--", root], check=True)


@pytest.fixture
def installed(gov: Gov, genuine, install_once) -> Callable[[str], Path]:
    """Makes a genuine release installed in this test's home, by hard links, and tells its GOROOT.

    Tests replace files in it, never write into them.
    """

    def have(name: str) -> Path:
        source = install_once(name)
        for place in (f"versions/{name}", f"receipts/{name}.json"):
            target = gov.govhome / place
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            subprocess.run(["cp", "-al", source / place, target], check=True)
        return gov.goroot(name)

    return have
