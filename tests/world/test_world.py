# SPDX-License-Identifier: Apache-2.0
"""The world tested by itself, with the real go command as its client."""

import os
import shutil
import subprocess
import tarfile
import urllib.error
import urllib.request
import zipfile

import pytest

from world import distpack, faults, publish
from world.log import tile_path
from world.releases import Unavailable
from world.world import log_of, mount_log


@pytest.fixture
def go(server, directory):
    """Runs `go version` on a release that comes from the test's server; tells how it ended."""
    program = shutil.which("go")
    if program is None:
        pytest.skip("there is no go on PATH")

    def run(release: str, **environment: str) -> subprocess.CompletedProcess[str]:
        private = {
            "HOME": str(directory),
            "PATH": os.environ["PATH"],
            "GOENV": "off",
            "GOFLAGS": "-modcacherw",
            "GOPROXY": f"{server.url}/proxy",
            "GOTOOLCHAIN": release,
        }
        return subprocess.run(
            [program, "version"], env={**private, **environment}, capture_output=True, text=True
        )

    return run


def test_go_runs_the_made_up_release_proved_by_the_tests_own_log(go, world):
    finished = go(world.mini.name, GOSUMDB=world.log.signer.verifier)
    assert (finished.returncode, finished.stderr) == (0, _downloading(world.mini.name))


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 511, 512, 65535, 65536, 65537, 70_000])
def test_go_accepts_a_log_of_any_size(go, world, server, size):
    log = log_of(world.mini, size, at=size // 2)
    mount_log(server, log)
    finished = go(world.mini.name, GOSUMDB=log.signer.verifier)
    assert finished.returncode == 0, finished.stderr


def test_go_accepts_the_log_at_an_address_of_its_own(go, world, server):
    key = f"{world.log.signer.verifier} {server.url}/sumdb/{world.log.signer.name}"
    assert go(world.mini.name, GOSUMDB=key).returncode == 0


def test_go_refuses_a_forged_record(go, world, server):
    server.fault("*/lookup/*", faults.flip(200))
    finished = go(world.mini.name, GOSUMDB=world.log.signer.verifier)
    assert finished.returncode != 0 and "verifying" in finished.stderr, finished.stderr


def test_go_accepts_a_module_proxy_and_a_log_made_of_files(go, world, directory):
    tree = directory / "tree"
    routes = publish.proxy_routes([world.mini]) | publish.log_routes(world.log)
    publish.write_tree(tree, routes)
    key = f"{world.log.signer.verifier} file://{tree}/proxy/sumdb/{world.log.signer.name}"
    finished = go(world.mini.name, GOPROXY=f"file://{tree}/proxy", GOSUMDB=key)
    assert finished.returncode == 0, finished.stderr


def test_go_runs_a_genuine_release_proved_by_the_recorded_log(go, world, server):
    try:
        world.publish_genuine(server)
    except Unavailable as reason:
        pytest.skip(str(reason))
    finished = go("go1.22.6", GOSUMDB="sum.golang.org")
    assert finished.stdout.startswith("go version go1.22.6 "), finished.stderr


def test_the_repacked_tarball_has_the_modules_h1(world):
    try:
        release = world.genuine["go1.22.6"]
    except Unavailable as reason:
        pytest.skip(str(reason))
    with tarfile.open(release.tarball) as archive:
        files = {
            member.name.removeprefix("go/"): archive.extractfile(member).read()
            for member in archive
            if member.isfile()
        }
    assert distpack.h1_of_files(release.name, files) == release.h1
    assert "test/fixedbugs/issue27836.dir/Þfoo.go" in files


def test_the_made_up_zip_is_a_zip_to_python_too(world):
    with zipfile.ZipFile(world.mini.module_zip) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist())) > 25


def test_a_log_serves_its_older_tiles_and_no_wider_ones(world):
    assert world.log.answer(tile_path(0, 273, 112)) is not None
    assert world.log.answer(tile_path(0, 273, 7)) is not None
    assert world.log.answer(tile_path(0, 273, 113)) is None
    assert tile_path(1, 1013, 42) == "tile/8/1/x001/013.p/42"


def test_a_smaller_log_is_a_prefix_and_a_fork_is_not(world):
    small, fork = log_of(world.mini, 600), log_of(world.mini, 600, fork_at=599)
    assert small.tile(0, 0, 256) == world.log.tile(0, 0, 256)
    assert small.root() != fork.root()


def test_faults_do_what_they_say(world, server):
    path = publish.tarball_path(world.mini.name)
    body = world.mini.tarball.read_bytes()
    server.fault(path, faults.flip(7), times=1)
    flipped = _get(server.url + path)
    assert flipped[7] == body[7] ^ 1 and flipped[8:] == body[8:]
    assert _get(server.url + path) == body
    assert _get(server.url + path, Range="bytes=5-9") == body[5:10]
    server.fault(path, faults.cut(100))
    with pytest.raises(Exception, match="IncompleteRead"):
        _get(server.url + path)
    server.heal()
    server.fault(path, faults.status(410))
    with pytest.raises(urllib.error.HTTPError, match="410"):
        _get(server.url + path)
    server.heal()
    server.fault(path, faults.chunked)
    assert _get(server.url + path) == body
    assert [one.sent for one in server.asked(path)][:2] == [len(body), len(body)]


def _get(url: str, **headers: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.read()


def _downloading(release: str) -> str:
    platform = distpack.PLATFORM.replace("-", "/")
    return f"go: downloading {release} ({platform})\n"
