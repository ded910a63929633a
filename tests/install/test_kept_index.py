# SPDX-License-Identifier: Apache-2.0
"""The download site's index as installs use it: kept for an hour, as long as it is right."""

import os
import time

import pytest

from world import distpack, mini, publish, site

NAME = mini.NAME


@pytest.fixture(autouse=True)
def from_the_site(gov):
    gov.env["GOV_SOURCES"] = "download"


def keep_an_index(gov, server, *rows):
    """gov has kept an index with these rows for a while; then the site serves its own again."""
    right = server.routes[publish.INDEX_PATH]
    server.routes[publish.INDEX_PATH] = site.encoded(list(rows))
    gov.run("list", "--remote")
    server.routes[publish.INDEX_PATH] = right
    (kept,) = (gov.root / "cache/gov/index").glob("*.json")
    os.utime(kept, (time.time() - 600,) * 2)
    server.requests.clear()


def test_the_index_is_asked_for_once_for_several_installs(gov, world, server):
    for _ in range(3):
        gov.run("install", NAME)
        gov.remove(NAME)
    assert len(server.asked(publish.INDEX_PATH)) == 1
    assert len(server.asked(publish.tarball_path(NAME))) == 3


def test_what_came_out_since_the_index_was_kept_is_installed(gov, world, server):
    keep_an_index(gov, server, site.entry("go1.22.10", site.row(world.mini, version="go1.22.10")))
    gov.run("install", NAME)
    assert len(server.asked(publish.INDEX_PATH)) == 1
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_what_the_site_has_put_right_since_is_installed(gov, world, server):
    keep_an_index(gov, server, site.entry(NAME, site.row(world.mini, sha256="0" * 64)))
    gov.run("install", NAME)
    assert len(server.asked(publish.INDEX_PATH)) == 1
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_a_site_that_is_wrong_in_both_is_refused(gov, world, server):
    wrong = site.entry(NAME, site.row(world.mini, sha256="0" * 64))
    keep_an_index(gov, server, wrong)
    server.routes[publish.INDEX_PATH] = site.encoded([wrong])
    gov.refuses(NAME, 3, "not the file that the index announced")
