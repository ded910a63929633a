# SPDX-License-Identifier: Apache-2.0
"""The module zip, which says at its end what is in it: unpacked while it is downloaded all the same."""

import json
import time

import pytest

from world import distpack, faults, mini, publish

RELEASE = "go1.22.6"
ZIP = publish.zip_path(RELEASE)
END = "bytes=-3145728"


@pytest.fixture(autouse=True)
def from_the_proxy(gov):
    gov.env["GOV_SOURCES"] = "proxy"


def ranges(server, path):
    return [one.headers.get("Range", "") for one in server.asked(path)]


def test_it_is_unpacked_while_it_is_downloaded(gov, genuine, server):
    server.fault(ZIP, faults.drip(8_000_000))
    started = gov.start("install", RELEASE)
    until = time.monotonic() + 40
    while not list(gov.govhome.glob("staging/*/bin/go")) and time.monotonic() < until:
        time.sleep(0.02)
    size = server.routes[ZIP].stat().st_size
    assert sum(one.sent for one in server.asked(ZIP)) < size * 3 / 4
    assert gov.finish(started, timeout=120).code == 0
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)


def test_no_byte_is_asked_for_twice(gov, genuine, server):
    gov.run("install", RELEASE, timeout=120)
    size = server.routes[ZIP].stat().st_size
    assert ranges(server, ZIP) == [END, f"bytes=0-{size - 3145728 - 1}"]
    assert sum(one.sent for one in server.asked(ZIP)) == size


def test_a_small_one_comes_with_its_end(gov, world, server):
    gov.run("install", mini.NAME)
    assert ranges(server, publish.zip_path(mini.NAME)) == [END]
    assert distpack.is_whole(mini.NAME, gov.goroot(mini.NAME), world.mini.h1)


def test_a_proxy_that_takes_no_ranges_sends_the_whole(gov, world, server):
    server.takes_ranges = False
    gov.run("install", mini.NAME)
    assert len(server.asked(publish.zip_path(mini.NAME))) == 1
    assert distpack.is_whole(mini.NAME, gov.goroot(mini.NAME), world.mini.h1)


def test_without_a_tag_the_end_is_not_gone_on_with(gov, world, server):
    path = publish.zip_path(mini.NAME)
    server.fault(path, faults.header("ETag", 'W/"weak"'))
    gov.run("install", mini.NAME)
    assert ranges(server, path) == [END, ""]
    assert distpack.is_whole(mini.NAME, gov.goroot(mini.NAME), world.mini.h1)


def test_a_zip_that_changes_after_its_end_came_is_taken_anew(gov, genuine, server):
    server.fault(ZIP, faults.header("ETag", '"another"'), times=1)
    gov.run("install", RELEASE, timeout=120)
    assert len(server.asked(ZIP)) == 2
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)


def test_an_end_that_breaks_off_is_no_loss(gov, genuine, server):
    size = server.routes[ZIP].stat().st_size
    server.fault(ZIP, faults.cut(size - 1_000_000), times=1)
    gov.run("install", RELEASE, timeout=120)
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)


@pytest.mark.parametrize("code", (400, 403, 416, 501))
def test_a_proxy_that_refuses_ranges_is_asked_for_the_whole(gov, world, server, code):
    path = publish.zip_path(mini.NAME)
    server.fault(path, faults.in_parts(faults.status(code), 9))
    gov.run("install", mini.NAME)
    assert ranges(server, path)[0] == END and ranges(server, path)[-1] == ""
    assert distpack.is_whole(mini.NAME, gov.goroot(mini.NAME), world.mini.h1)


def test_another_part_than_the_end_is_not_taken(gov, world, server):
    path = publish.zip_path(mini.NAME)
    size = server.routes[path].stat().st_size
    server.fault(path, faults.in_parts(faults.header("Content-Range", f"bytes 0-9/{size}"), 1))
    gov.run("install", mini.NAME)
    assert ranges(server, path) == [END, ""]
    assert distpack.is_whole(mini.NAME, gov.goroot(mini.NAME), world.mini.h1)


def nothing_stayed(gov) -> bool:
    return not [
        path
        for folder in ("versions", "staging", "downloads", "receipts")
        for path in gov.govhome.glob(f"{folder}/*")
    ]


@pytest.mark.parametrize("offset", (-1, -12, -2_000_000))
def test_an_end_that_was_changed_is_refused(gov, genuine, server, offset):
    """In the end record, in where the directory is, and in a member's data."""
    server.fault(ZIP, faults.flip(offset), times=1)
    found = gov.run("install", RELEASE, check=3, timeout=120)
    assert RELEASE in found.stderr and nothing_stayed(gov)


def test_an_end_of_another_zip_is_refused(gov, genuine, server):
    """A server that calls two files by one tag."""
    other = server.routes[publish.zip_path("go1.22.7")].read_bytes()
    size = server.routes[ZIP].stat().st_size
    end = other[-3145728:]
    server.fault(ZIP, faults.replace(bytes(size - len(end)) + end), times=1)
    gov.run("install", RELEASE, check=3, timeout=120)
    assert nothing_stayed(gov)


@pytest.mark.parametrize("after_end, share", ((False, 0.98), (True, 0.0), (True, 0.5), (True, 0.94)))
def test_it_may_be_cut_anywhere(gov, genuine, server, after_end, share):
    size = server.routes[ZIP].stat().st_size
    skipped = [after_end]

    def cut(reply):
        if skipped.pop() if skipped else False:
            return
        reply.end = int(size * share)

    server.fault(ZIP, cut, times=2)
    gov.run("install", RELEASE, timeout=120)
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)


def test_a_later_part_without_a_length_may_be_cut(gov, genuine, server):
    size = server.routes[ZIP].stat().st_size
    asked = []

    def cut(reply):
        asked.append(reply)
        if len(asked) == 2:
            reply.until_closed, reply.end = True, size // 2

    server.fault(ZIP, cut)
    gov.run("install", RELEASE, timeout=120)
    assert len(asked) == 3
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)


def test_a_later_run_goes_on(gov, genuine, server):
    server.fault(ZIP, faults.drip(8_000_000))
    started = gov.start("install", RELEASE)
    note = gov.govhome / f"downloads/{RELEASE}.resume"
    until = time.monotonic() + 40
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.02)
    started.kill()
    started.wait()
    kept = json.loads(note.read_text())["bytes"]
    assert kept > 1_000_000
    server.heal()
    server.requests.clear()
    gov.run("install", RELEASE, timeout=120)
    assert ranges(server, ZIP) == [f"bytes={kept}-"]
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)


@pytest.mark.long
def test_a_slow_one_is_shared_but_for_its_end(gov, genuine, server):
    server.fault(ZIP, faults.drip(6_000_000))
    gov.run("install", RELEASE, timeout=180)
    size = server.routes[ZIP].stat().st_size
    asked = ranges(server, ZIP)
    assert asked[0] == END and len(asked) > 6
    assert all(int(one.split("-")[1]) < size - 3145728 for one in asked[1:])
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)
