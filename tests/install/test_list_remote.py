# SPDX-License-Identifier: Apache-2.0
"""gov list --remote: what the sources have, together, and from what is kept."""

import os
import time

from world import publish, site

NAME = "go1.99.1"


def versions(gov, *arguments, **more):
    return [row["version"] for row in gov.run("list", "--remote", "--json", *arguments, **more).json]


def serve_index(server, world, *names):
    rows = [site.entry(name, site.row(world.mini, version=name)) for name in names]
    server.routes[publish.INDEX_PATH] = site.encoded(rows)


def test_releases_of_all_sources_are_listed_once_newest_first(gov, world, server):
    serve_index(server, world, "go1.21.9", "go1.22.10", "go1.22.9", NAME)
    rows = gov.run("list", "--remote", "--json").json
    assert [row["version"] for row in rows] == [NAME, "go1.22.10", "go1.22.9", "go1.21.9"]
    assert rows[0]["sources"] == ["download", "proxy"]
    assert rows[1] == {"version": "go1.22.10", "stable": True, "installed": False, "sources": ["download"]}


def test_a_line_can_be_named(gov, world, server):
    serve_index(server, world, "go1.21.9", "go1.22.10", "go1.22.0", "go1.22rc1")
    assert versions(gov, "1.22") == ["go1.22.10", "go1.22.0"]
    assert versions(gov, "1.22", "--all") == ["go1.22.10", "go1.22.0", "go1.22rc1"]
    assert versions(gov, "1.22rc1") == ["go1.22rc1"]
    assert "no source lists" in gov.run("list", "-r", "1.98", check=6).stderr


def test_odd_releases_do_not_hide_the_others(gov, world, server):
    serve_index(server, world, "go1.9.2rc2", "../../x", "go1.22.10")
    assert "go1.22.10" in versions(gov)


def test_the_installed_ones_are_marked(gov):
    gov.run("install", NAME)
    assert f"* {NAME}\n" in gov.run("list", "--remote").stdout


def test_the_index_is_asked_for_once_an_hour(gov, world, server):
    serve_index(server, world, "go1.22.10")
    versions(gov)
    versions(gov)
    assert len(server.asked(publish.INDEX_PATH)) == 1


def test_the_kept_index_serves_without_a_network_and_its_age_is_said(gov, world, server):
    serve_index(server, world, "go1.22.10")
    gov.run("list", "-r")
    (kept,) = (gov.root / "cache/gov/index").glob("*.json")
    os.utime(kept, (time.time() - 3 * 3600,) * 2)
    sent = len(server.requests)
    result = gov.run("list", "-r", "--offline")
    assert "go1.22.10" in result.stdout
    assert "the site's index is 3 h 0 min old" in result.stderr
    assert len(server.requests) == sent


def make_old(gov):
    (kept,) = (gov.root / "cache/gov/index").glob("*.json")
    os.utime(kept, (time.time() - 3 * 3600,) * 2)
    return kept


def test_an_index_that_is_still_the_same_is_not_sent_again(gov, world, server):
    serve_index(server, world, "go1.22.10")
    versions(gov)
    make_old(gov)
    assert "go1.22.10" in versions(gov)
    first, second = server.asked(publish.INDEX_PATH)
    assert first.sent > 0 and second.sent == 0
    assert second.headers["If-None-Match"] == server.etag(publish.INDEX_PATH)
    assert "old" not in gov.run("list", "-r").stderr
    assert len(server.asked(publish.INDEX_PATH)) == 2


def test_an_index_that_has_changed_is_sent(gov, world, server):
    serve_index(server, world, "go1.22.10")
    versions(gov)
    make_old(gov)
    serve_index(server, world, "go1.22.11")
    assert "go1.22.11" in versions(gov)


def test_a_kept_index_that_was_changed_is_not_asked_about(gov, world, server):
    serve_index(server, world, "go1.22.10")
    versions(gov)
    kept = make_old(gov)
    kept.write_bytes(kept.read_bytes().replace(b"go1.22.10", b"go1.22.66"))
    make_old(gov)
    assert "go1.22.66" not in versions(gov)


def test_the_lists_of_all_mirrors_are_merged(gov, world, server):
    serve_index(server, world, "go1.22.10")
    rows = site.entry("go1.22.99", site.row(world.mini, version="go1.22.99"))
    server.routes["/own/"] = site.encoded([rows])
    config = gov.root / "config/gov/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'mirror = ["{server.url}/own", "{server.url}/none"]\n')
    result = gov.run("list", "-r", "1.22", "--json")
    assert [row["version"] for row in result.json] == ["go1.22.99", "go1.22.10"]
    assert "/none has no release index" in result.stderr


def test_without_anything_kept_offline_lists_nothing(gov, server):
    gov.run("list", "-r", env={"GOV_OFFLINE": "1"}, check=7)
    assert server.requests == []


def test_a_login_page_is_not_kept(gov, server):
    server.routes[publish.INDEX_PATH] = b"<html>log in</html>"
    assert "no release index" in gov.run("list", "-r").stderr
    assert not list((gov.root / "cache/gov").glob("index/*"))
