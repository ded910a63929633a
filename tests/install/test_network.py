# SPDX-License-Identifier: Apache-2.0
"""Slow, broken and lying servers: what a download survives, and how long it takes."""

import random
import time

import pytest

from world import distpack, faults, mini, publish
from world.world import log_of, mount_log

NAME = mini.NAME
ZIP, TARBALL = publish.zip_path(NAME), publish.tarball_path(NAME)
MIRROR_ONLY = {"GOV_SOURCES": "download"}


@pytest.fixture
def big(directory, server):
    """A release whose archive does not shrink, of some four megabytes, and its path."""
    noise = random.Random(5).randbytes(4 << 20)
    release = mini.release(directory, "go1.99.2", {"lib/noise": noise})
    server.routes.update(publish.proxy_routes([release]) | publish.site_routes([release]))
    mount_log(server, log_of(release))
    return release


def assert_whole(gov, release):
    assert distpack.is_whole(release.name, gov.goroot(release.name), release.h1)
    assert list((gov.govhome / "downloads").iterdir()) == []


def ranges_of(requests):
    return [one.headers.get("Range") for one in requests]


# Going on where an earlier run stopped.


def stop_midway(gov, server, release, seconds=1.5):
    """Kills an install that has had about a third of its archive."""
    path = publish.tarball_path(release.name)
    server.fault(path, faults.drip(1_000_000), faults.header("Accept-Ranges", "none"))
    started = gov.start("install", release.name, env=MIRROR_ONLY)
    time.sleep(seconds)
    started.kill()
    gov.finish(started, check=None)
    server.heal()
    return path, release.tarball.stat().st_size, sum(one.sent for one in server.asked(path))


def test_a_killed_download_goes_on_in_the_next_run(gov, server, big):
    path, size, before = stop_midway(gov, server, big)
    assert before > 500_000
    gov.run("install", big.name, env=MIRROR_ONLY)
    (again,) = server.asked(path)[1:]
    assert again.headers["If-Range"] == server.etag(path)
    assert 0 < again.sent < size - 500_000
    assert_whole(gov, big)


def test_a_killed_download_starts_again_where_the_file_is_another_one(gov, server, big):
    path, size, _ = stop_midway(gov, server, big)
    server.fault(path, faults.header("ETag", '"another"'))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert server.asked(path)[-1].sent == size
    assert_whole(gov, big)


def test_a_damaged_part_of_an_earlier_run_is_brought_again(gov, server, big):
    path, size, _ = stop_midway(gov, server, big)
    (part,) = (gov.govhome / "downloads").glob("*.partial")
    with open(part, "r+b") as file:
        file.write(bytes(1000))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert server.asked(path)[-1].sent == size
    assert_whole(gov, big)


@pytest.mark.parametrize("value", ["bytes 0-9/10", "bytes 1-2/3", "", "bytes */*"])
def test_a_part_that_was_not_asked_for_is_refused(gov, server, big, value):
    path, size, _ = stop_midway(gov, server, big)
    server.fault(path, faults.header("Content-Range", value), times=1)
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert ranges_of(server.asked(path))[-1] is None and server.asked(path)[-1].sent == size
    assert_whole(gov, big)


# Several connections.


def test_a_slow_connection_is_shared(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(500_000))
    began = time.monotonic()
    gov.run("install", big.name, env=MIRROR_ONLY)
    asked = server.asked(path)
    assert time.monotonic() - began < big.tarball.stat().st_size / 500_000 * 0.7
    assert len(asked) > 4 and asked[0].headers.get("Range") is None
    assert all(one.headers["If-Range"] == server.etag(path) for one in asked[1:])
    assert_whole(gov, big)


@pytest.mark.parametrize("missing", ["Accept-Ranges", "ETag"])
def test_a_connection_is_not_shared_where_the_server_does_not_say_enough(gov, server, big, missing):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(1_200_000), faults.header(missing, "none"))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert len(server.asked(path)) == 1
    assert_whole(gov, big)


def test_a_server_that_serves_no_second_connection_is_asked_on_one(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(1_000_000), times=1)
    server.fault(path, faults.in_parts(faults.status(503), most=12))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert_whole(gov, big)


def test_a_shared_download_can_be_killed_and_goes_on(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(400_000))
    started = gov.start("install", big.name, env=MIRROR_ONLY)
    time.sleep(2.2)
    started.kill()
    gov.finish(started, check=None)
    server.heal()
    count, size = len(server.asked(path)), big.tarball.stat().st_size
    assert count > 4
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert sum(one.sent for one in server.asked(path)[count:]) < size - 400_000
    assert_whole(gov, big)


def test_a_file_that_changes_while_it_is_shared_is_brought_again(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(800_000), times=1)
    server.fault(path, faults.in_parts(faults.header("ETag", '"another"'), most=8))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert_whole(gov, big)
