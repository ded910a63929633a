# SPDX-License-Identifier: Apache-2.0
"""The log is asked while the archive comes: nothing is there before its proof, nor after its refusal."""

import time
from pathlib import Path

import pytest

from world import distpack, faults, mini, publish

NAME = mini.NAME
PATHS = {"download": publish.tarball_path(NAME), "proxy": publish.zip_path(NAME)}
LOOKUP = "*/lookup/*"
TILE = "*/tile/8/0/001"


@pytest.fixture(params=PATHS)
def archive(gov, request) -> str:
    """The path of the archive that the only source serves."""
    gov.env["GOV_SOURCES"] = request.param
    return PATHS[request.param]


def downloads(gov) -> list[Path]:
    return list(gov.govhome.glob("downloads/*"))


def until(condition, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(condition())


def test_the_archive_does_not_wait_for_the_log(gov, world, server, archive):
    server.fault(LOOKUP, faults.late(5))
    started = gov.start("install", NAME)
    assert until(lambda: list(gov.govhome.glob("staging/*/bin/go")), 4.5)
    assert server.asked(archive)
    assert not [*gov.govhome.glob("versions/*"), *gov.govhome.glob("receipts/*")]
    gov.finish(started)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_what_came_is_gone_when_the_log_refuses(gov, server, archive):
    server.fault(LOOKUP, faults.late(3))
    server.fault(TILE, faults.flip(0))
    gov.refuses(NAME, 3)
    assert server.asked(archive) and not downloads(gov)


def test_a_refusal_ends_a_download_that_would_take_long(gov, server, archive):
    server.fault(archive, faults.drip(2000))
    server.fault(LOOKUP, faults.late(2))  # long enough for the download to be worth a note
    server.fault(TILE, faults.flip(0))
    started = time.monotonic()
    gov.refuses(NAME, 3)
    assert time.monotonic() - started < 15 and not downloads(gov)


def test_a_refusal_does_not_wait_for_a_source_that_says_nothing(gov, server, archive):
    server.fault(archive, faults.late(25))
    server.fault(TILE, faults.flip(0))
    started = time.monotonic()
    gov.refuses(NAME, 3)
    assert time.monotonic() - started < 15 and not downloads(gov)


def test_of_two_failures_the_log_s_is_told(gov, server, archive):
    server.fault(archive, faults.status(403))
    server.fault(LOOKUP, faults.late(1))
    server.fault(TILE, faults.flip(0))
    said = gov.refuses(NAME, 3).stderr
    assert "403" not in said and not downloads(gov)


def test_without_the_log_no_other_source_is_asked(gov, server):
    server.fault("*/sumdb/*", faults.status(403))
    server.fault(PATHS["download"], faults.late(3))
    gov.refuses(NAME, 7)
    assert not server.asked(PATHS["proxy"]) and not downloads(gov)
