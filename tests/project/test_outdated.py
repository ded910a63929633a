# SPDX-License-Identifier: Apache-2.0
"""gov outdated: what newer releases replace, and whose line gets no fixes any more."""

from world import distpack, publish, site

KNOWN = ("go1.99.4", "go1.99.1", "go1.98.7", "go1.97.9", "go1.97.3", "go1.97rc1", "go1.96.2")


def serve_index(server, world, *names):
    rows = [
        site.entry(name, site.row(world.mini, version=name, filename=distpack.tarball_name(name)))
        for name in names
    ]
    server.routes[publish.INDEX_PATH] = site.encoded(rows)


def have(gov, *names):
    for name in names:
        (gov.make_up(name) / "go").symlink_to("/bin/true")


def rows(gov, *arguments):
    return {row["version"]: row for row in gov.run("outdated", "--json", *arguments).json}


def test_installed_releases_are_held_against_their_line_and_the_two_release_policy(gov, world, server):
    serve_index(server, world, *KNOWN)
    have(gov, "go1.99.4", "go1.98.6", "go1.97.9", "go1.97rc1")
    told = rows(gov)
    assert list(told) == ["go1.97rc1", "go1.97.9", "go1.98.6", "go1.99.4"]
    assert [(row["newest"], row["outdated"], row["supported"]) for row in told.values()] == [
        ("go1.97.9", True, False),
        ("go1.97.9", False, False),
        ("go1.98.7", True, True),
        ("go1.99.4", False, True),
    ]
    assert told["go1.98.6"]["support_ends_with"] == "1.100"
    assert told["go1.98.6"]["installed"] and told["go1.98.6"]["pins"] == []
    text = gov.run("outdated").stdout
    assert "go1.98.6   go1.98.7 is newer; Go 1.98 is supported until Go 1.100\n" in text
    assert "go1.97.9   Go 1.97 gets no fixes since Go 1.99\n" in text
    assert "go1.99.4 " not in text


def test_pins_here_and_of_known_projects_are_listed_with_what_upgrade_makes_of_them(gov, world, server):
    serve_index(server, world, *KNOWN)
    have(gov, "go1.97.3", "go1.98.7")
    elsewhere = gov.root / "elsewhere"
    elsewhere.mkdir()
    gov.run("use", "^1.97", cwd=elsewhere)
    gov.run("use", "1.97.3")
    told = rows(gov)
    assert told["go1.97.3"]["pins"] == [
        {"file": f"{gov.project}/.gotoolchain.toml", "line": 1, "asks_for": "go1.97.3", "newest": "go1.97.9"}
    ]
    assert told["go1.98.7"]["pins"] == [
        {"file": f"{elsewhere}/.gotoolchain.toml", "line": 1, "asks_for": "^1.97", "newest": "go1.99.4"}
    ]
    result = gov.run("outdated")
    assert f"  {gov.project}/.gotoolchain.toml:1 asks for go1.97.3\n" in result.stdout
    assert f"  {elsewhere}/.gotoolchain.toml:1 asks for ^1.97, which go1.99.4 is as well\n" in result.stdout
    assert "gov upgrade moves its pin on" in result.stderr
    gov.run("upgrade", "--platform", "linux/amd64")
    told = rows(gov)
    assert told["go1.97.3"]["pins"] == [] and not told["go1.97.9"]["installed"]
    assert told["go1.97.9"]["pins"][0]["newest"] == "go1.97.9"


def test_a_range_that_a_lock_holds_back_is_told_as_the_range(gov, world, server):
    serve_index(server, world, "go1.98.7")
    have(gov, "go1.98.7")
    gov.run("use", "1.98")
    gov.run("lock", "--platform", "linux/amd64")
    (gov.root / "cache/gov/index").rename(gov.root / "old-index")
    serve_index(server, world, "go1.98.8", "go1.98.7")
    (pin,) = rows(gov)["go1.98.7"]["pins"]
    assert pin["asks_for"] == "1.98" and pin["newest"] == "go1.98.8"


def test_where_all_is_well_that_is_said_and_nothing_listed(gov, world, server):
    serve_index(server, world, *KNOWN)
    have(gov, "go1.99.4")
    result = gov.run("outdated")
    assert result.stdout == ""
    assert "each release is the newest of its line, and supported" in result.stderr


def test_a_bad_pin_is_said_and_the_rest_is_reported(gov, world, server):
    serve_index(server, world, *KNOWN)
    have(gov, "go1.98.6")
    (gov.project / ".go-version").write_text("gopher\n")
    result = gov.run("outdated")
    assert "go1.98.7 is newer" in result.stdout and "gopher" in result.stderr


def test_without_a_network_the_kept_index_serves_and_without_that_it_is_unreachable(gov, world, server):
    serve_index(server, world, *KNOWN)
    have(gov, "go1.98.6")
    gov.run("outdated", "--offline", check=7)
    gov.run("outdated")
    sent = len(server.requests)
    assert rows(gov, "--offline")["go1.98.6"]["outdated"]
    assert len(server.requests) == sent
