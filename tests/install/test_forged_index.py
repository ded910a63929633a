# SPDX-License-Identifier: Apache-2.0
"""Indexes of a download site that lie, that are broken, or that are none."""

import json
from dataclasses import replace

import pytest

from world import archives, distpack, faults, mini, publish, site

NAME = mini.NAME
ONLY = {"GOV_SOURCES": "download"}


def serve(server, body: bytes):
    server.routes[publish.INDEX_PATH] = body


def serve_row(server, world, **changes):
    """An honest index but for one row."""
    forged = site.entry(NAME, site.row(world.mini, **changes))
    serve(server, site.encoded([forged]))


def refuses(gov, server, code, *reasons):
    """Refused; the log is no help to an index that lies, so nothing is written anywhere."""
    result = gov.refuses(NAME, code, *reasons, env=ONLY)
    assert "\x1b" not in result.stderr
    return result


# Rows that lie about the archive.


def test_a_wrong_hash(gov, world, server):
    serve_row(server, world, sha256="0" * 64)
    refuses(gov, server, 3, "0" * 64, distpack.file_digest(world.mini.tarball))


@pytest.mark.parametrize("difference", [-1, 1, 1_000_000])
def test_a_wrong_size(gov, world, server, difference):
    serve_row(server, world, size=world.mini.tarball.stat().st_size + difference)
    refuses(gov, server, 3)


def test_a_forged_archive_with_the_right_hash_in_the_index_is_caught_by_the_log(
    gov, world, server, directory
):
    files = {**mini.files(), "src/os/file.go": b"package os // with a back door\n"}
    forged = directory / world.mini.tarball.name
    forged.write_bytes(archives.tar_gz(archives.release_members(files)))
    server.routes.update(publish.site_routes([replace(world.mini, tarball=forged)]))
    refuses(gov, server, 3, world.mini.h1)


def test_two_rows_that_differ(gov, world, server):
    rows = site.row(world.mini), site.row(world.mini, sha256="1" * 64)
    serve(server, site.encoded([site.entry(NAME, *rows)]))
    refuses(gov, server, 3)


@pytest.mark.parametrize("size", [0, -1, 1 << 62, 1e300, "many", 1.5, None, [], True])
def test_a_size_that_is_none(gov, world, server, size):
    serve_row(server, world, size=size)
    refuses(gov, server, 3)


@pytest.mark.parametrize("sum_", ["zz" * 32, "00", "0" * 65, 7, None, {}])
def test_a_hash_that_is_none(gov, world, server, sum_):
    serve_row(server, world, sha256=sum_)
    refuses(gov, server, 3)


FILENAMES = [
    "../../.bashrc",
    "/etc/passwd",
    f"{distpack.tarball_name(NAME)}?x",
    f"{distpack.tarball_name(NAME)}\r\nX: y",
    f"http://127.0.0.1:1/{distpack.tarball_name(NAME)}",
    distpack.tarball_name("go1.99.2"),
    "\u001b[2J",
    "",
    9,
]


@pytest.mark.parametrize("filename", FILENAMES)
def test_a_filename_that_is_not_the_releases(gov, world, server, filename):
    serve_row(server, world, filename=filename)
    refuses(gov, server, 3)
    assert {one.path for one in server.asked("/dl/*")} == {publish.INDEX_PATH}


# Rows that are passed over.

VERSIONS = ["go1.9.2rc2", "go1.22.6$(id)", "../../x", "go1.99.1;x", "\u001b[2J", "\u0000", ""]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_that_is_none_does_not_hide_the_others(gov, world, server, version):
    bad = site.entry(version, site.row(world.mini, version=version))
    serve(server, site.encoded([bad, *site.index([world.mini])]))
    gov.run("install", NAME, env=ONLY)


def test_a_row_for_another_platform_does_not_count(gov, world, server):
    serve_row(server, world, os="plan9")
    refuses(gov, server, 6, NAME)


def test_a_source_row_does_not_count(gov, world, server):
    serve_row(server, world, kind="source")
    refuses(gov, server, 6, NAME)


def test_keys_that_gov_does_not_know_and_any_order_are_fine(gov, world, server):
    row = {**site.row(world.mini), "signature": "x", "extra": [1, {"a": None}]}
    other = site.entry("go1.5")
    serve(server, site.encoded([other, {**site.entry(NAME, row), "more": 1}, other]))
    gov.run("install", NAME, env=ONLY)


# What is no index.

BODIES = {
    "nothing": b"",
    "null": b"null",
    "an object": b"{}",
    "a string": b'"x"',
    "a login page": b"<!DOCTYPE html>\n<title>Please log in</title>\x1b[2J",
    "a binary": bytes(range(256)),
    "bad utf-8": b'[{"version": "\xff\xfe"}]',
    "a lone surrogate": b'[{"version": "\\ud800"}]',
    "deep nesting": b"[" * 1_000_000,
    "numbers": b"[1]",
    "lists": b"[[]]",
    "a release without files": json.dumps([{"version": NAME, "stable": True}]).encode(),
    "files of the wrong type": json.dumps([{"version": NAME, "files": "x"}]).encode(),
    "a trailing comma": b"[{},]",
    "a number beyond 64 bits": b"[1%s]" % (b"0" * 10_000),
}


@pytest.mark.parametrize("body", BODIES)
def test_what_is_no_index_serves_nothing(gov, server, body):
    serve(server, BODIES[body])
    refuses(gov, server, 7, "index")


def test_another_source_serves_in_place_of_a_login_page(gov, world, server):
    serve(server, BODIES["a login page"])
    result = gov.run("install", NAME)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)
    assert "index" in result.stderr and "\x1b" not in result.stderr


def test_an_empty_index_has_no_release(gov, server):
    serve(server, b"[]")
    refuses(gov, server, 6, NAME)


@pytest.mark.parametrize("part", [1, 64, 0.5, -1])
def test_an_index_cut_short(gov, world, server, part):
    body = site.encoded(site.index([world.mini]))
    serve(server, body[: int(part * len(body)) if part == 0.5 else part])
    refuses(gov, server, 7, "index")


@pytest.mark.parametrize("more", [b"x", b"[]", b"// comment"])
def test_an_index_with_something_behind_it(gov, world, server, more):
    serve(server, site.encoded(site.index([world.mini])) + more)
    refuses(gov, server, 7, "index")


def test_an_endless_index_is_cut_off(gov, server):
    server.fault(publish.INDEX_PATH, faults.replace(b" " * 200_000_000), faults.chunked)
    refuses(gov, server, 7)
    assert max(one.sent for one in server.requests) < 50_000_000


def test_a_large_index_is_read(gov, world, server):
    many = [site.entry(f"go1.{minor}.{patch}") for minor in range(100) for patch in range(300)]
    serve(server, site.encoded(many + site.index([world.mini])))
    gov.run("install", NAME, env=ONLY)
