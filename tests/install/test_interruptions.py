# SPDX-License-Identifier: Apache-2.0
"""Killed, crowded, or out of space: every toolchain is whole, and the next run just works."""

import os
import random
import signal
import subprocess
import time

import pytest

from world import distpack, faults, mini, publish
from world.world import log_of, mount_log

NAME = mini.NAME
SOURCES = ("proxy", "download")

# Mounts a small file system as GOV_HOME in a name space of its own, runs gov there, and lists
# what gov left behind.
IN_A_SMALL_FILE_SYSTEM = """
mkdir -p "$GOV_HOME" && mount -t tmpfs -o "$1" tmpfs "$GOV_HOME" || exit 99
shift
"$@"
code=$?
cd "$GOV_HOME" && find versions receipts staging trash -mindepth 1 -maxdepth 1 2>/dev/null
exit $code
"""


def moments(config) -> int:
    """How many kills are tried with each source: 20 in all, or 50 with --all."""
    return 25 if config.getoption("--all") else 10


def kill_at(gov, release, moment, whole_group):
    """Kills an install after `moment` seconds: gov alone, or gov and its children."""
    started = gov.start("install", release)
    time.sleep(moment)
    if started.poll() is None:
        (os.killpg if whole_group else os.kill)(started.pid, signal.SIGKILL)
    gov.finish(started, check=None)


def assert_absent_or_whole(gov, release):
    root = gov.goroot(release.name)
    if root.exists():
        assert distpack.is_whole(release.name, root, release.h1)
        gov.run("verify", release.name)
    else:
        assert release.name not in gov.run("list").stdout


@pytest.mark.parametrize("source", SOURCES)
def test_an_install_killed_at_a_random_moment(gov, genuine, request, source):
    release = genuine["go1.22.6"]
    gov.env["GOV_SOURCES"] = source
    seed = int(os.environ.get("GOV_TEST_SEED") or random.randrange(1 << 32))
    print(f"GOV_TEST_SEED={seed}")
    chance = random.Random(seed)
    started = time.monotonic()
    gov.run("install", release.name)
    usual = time.monotonic() - started
    for _ in range(moments(request.config)):
        gov.remove(release.name)
        kill_at(gov, release.name, chance.uniform(0, 1.1 * usual), chance.random() < 0.5)
        assert_absent_or_whole(gov, release)
        gov.run("install", release.name)
        assert distpack.is_whole(release.name, gov.goroot(release.name), release.h1)
        assert gov.unfinished() == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_killed_uninstall_leaves_none_or_a_whole_one(gov, world, source):
    gov.env["GOV_SOURCES"] = source
    chance = random.Random(11)
    for _ in range(15):
        gov.run("install", NAME)
        started = gov.start("uninstall", NAME)
        time.sleep(chance.uniform(0, 0.02))
        started.kill()
        gov.finish(started, check=None)
        assert_absent_or_whole(gov, world.mini)


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("source", SOURCES)
def test_an_interrupted_install_cleans_up(gov, server, source, signal_number):
    server.fault("*.zip", faults.drip(20_000))
    server.fault("*.gz", faults.drip(20_000))
    started = gov.start("install", NAME, env={"GOV_SOURCES": source})
    time.sleep(0.5)
    started.send_signal(signal_number)
    result = gov.finish(started, check=None, timeout=5)
    assert result.code in (130, -signal_number)
    assert gov.leftovers() == []


def test_two_at_once_download_once(gov, world, server):
    path = publish.zip_path(NAME)
    size = server.routes[path].stat().st_size
    server.fault(path, faults.drip(size))
    gov.env["GOV_SOURCES"] = "proxy"
    for result in [gov.finish(one) for one in [gov.start("install", NAME) for _ in range(4)]]:
        assert result.code == 0
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)
    assert sum(one.sent for one in server.asked(path)) == size


def test_the_second_goes_on_when_the_first_is_killed(gov, world, server):
    path = publish.zip_path(NAME)
    server.fault(path, faults.drip(50_000), times=1)
    gov.env["GOV_SOURCES"] = "proxy"
    first = gov.start("install", NAME)
    time.sleep(0.3)
    second = gov.start("install", NAME)
    time.sleep(0.3)
    first.kill()
    gov.finish(second, timeout=20)
    gov.finish(first, check=None)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_install_and_uninstall_at_once_do_no_harm(gov, world):
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        commands = ("install", "uninstall", "install", "verify", "list")
        runs = [(one, gov.start(one, *([] if one == "list" else [NAME]))) for one in commands]
        for command, run in runs:
            result = gov.finish(run, check=None)
            fine = (0, 6) if command in ("uninstall", "verify") else (0,)
            assert result.code in fine, f"{command}: {result}"
        assert_absent_or_whole(gov, world.mini)


def in_a_small_file_system(gov, options, release):
    """Runs an install with GOV_HOME on a tmpfs of its own; skips where that is refused."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0:
        pytest.skip("unshare -rm is refused here")
    command = ["unshare", "-rm", "sh", "-c", IN_A_SMALL_FILE_SYSTEM, "sh", options]
    return subprocess.run(
        [*command, gov.binary, "install", release],
        env=gov.environment(),
        cwd=gov.project,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("size", ["16k", "64k", "200k", "300k"])
def test_a_full_disk_is_said_and_nothing_stays(gov, source, size):
    gov.env["GOV_SOURCES"] = source
    result = in_a_small_file_system(gov, f"size={size}", NAME)
    assert result.returncode == 8, result.stderr
    assert "gov: hint: " in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("source", SOURCES)
def test_a_release_larger_than_its_archive_lets_expect_fills_the_disk(
    gov, server, directory, source
):
    gov.env["GOV_SOURCES"] = source
    release = mini.release(directory, "go1.99.2", {"lib/zeros": bytes(20 << 20)})
    server.routes.update(publish.proxy_routes([release]) | publish.site_routes([release]))
    mount_log(server, log_of(release))
    result = in_a_small_file_system(gov, "size=4m", release.name)
    assert result.returncode == 8, result.stderr
    assert "No space left on device" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("source", SOURCES)
def test_a_disk_without_inodes_is_said_and_nothing_stays(gov, source):
    gov.env["GOV_SOURCES"] = source
    result = in_a_small_file_system(gov, "size=100m,nr_inodes=40", NAME)
    assert result.returncode == 8, result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("size", ["20m", "150m"])
def test_a_full_disk_in_a_genuine_install(gov, genuine, server, source, size):
    """It is foreseen as soon as the server says how much will come."""
    gov.env["GOV_SOURCES"] = source
    result = in_a_small_file_system(gov, f"size={size}", "go1.22.6")
    assert result.returncode == 8, result.stderr
    assert "the disk is too full: " in result.stderr and "unpacking needs about" in result.stderr
    for path in (publish.zip_path("go1.22.6"), publish.tarball_path("go1.22.6")):
        size = server.routes[path].stat().st_size
        assert sum(one.sent for one in server.asked(path)) < size / 2
    assert result.stdout == ""
