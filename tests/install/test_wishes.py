# SPDX-License-Identifier: Apache-2.0
"""gov install --full, --editable, --sha256 and --insecure."""

import json
import os

import pytest

from world import distpack, mini, publish, site

NAME = mini.NAME


def receipt(gov):
    [file] = (gov.govhome / "receipts").glob(f"{NAME}.*json")
    return json.loads(file.read_text())


def serve_index(server, *releases, **changes):
    """The site's index with these releases, some fields of their rows changed."""
    rows = [site.entry(one.name, site.row(one, **changes)) for one in releases]
    server.routes[publish.INDEX_PATH] = site.encoded(rows)


def without_log(server):
    """No answer of the checksum database any more."""
    for prefix in list(server.mounts):
        server.mounts[prefix] = lambda path: None


def test_full_keeps_what_the_log_does_not_cover(gov, world):
    gov.run("install", NAME, "--full")
    root = gov.goroot(NAME)
    for name, data in mini.EXTRAS.items():
        assert (root / name).read_bytes() == data
        (root / name).unlink()
    assert receipt(gov)["full"] and receipt(gov)["proved_by"] == "log"
    for folder in ("api", "doc", "misc", "test"):
        for path in sorted(root.glob(f"{folder}/**/"), reverse=True):
            path.rmdir()
    assert distpack.is_whole(NAME, root, world.mini.h1)


def test_verify_says_what_is_not_covered(gov):
    gov.run("install", NAME, "--full")
    found = gov.run("verify", NAME, "--json").json[0]
    assert found["whole"] and found["differences"] == []
    assert found["not_covered"] == sorted(mini.EXTRAS)
    assert f"{NAME}: not covered doc/go_spec.html\n" in gov.run("verify", NAME).stdout
    gov.remove(NAME)
    gov.run("install", NAME)
    (gov.goroot(NAME) / "doc").mkdir()
    (gov.goroot(NAME) / "doc/evil").write_text("")
    assert f"{NAME}: extra doc/evil\n" in gov.run("verify", NAME, check=3).stdout


def test_full_needs_the_site(gov):
    assert "GOV_SOURCES" in gov.run("install", NAME, "--full", env={"GOV_SOURCES": "proxy"}, check=2).stderr


def test_full_needs_a_hash_of_the_archive(gov, world, server):
    serve_index(server, world.mini, sha256="")
    result = gov.run("install", NAME, "--full", check=3)
    assert "api, doc, misc and test" in result.stderr
    digest = distpack.file_digest(world.mini.tarball)
    gov.run("install", NAME, "--full", "--sha256", digest.upper())
    assert (gov.goroot(NAME) / "doc/go_spec.html").exists()


def test_full_and_not_full_are_not_the_same(gov):
    gov.run("install", NAME)
    assert "gov: hint: gov uninstall" in gov.run("install", NAME, "--full", check=1).stderr
    gov.run("uninstall", NAME)
    gov.run("install", NAME, "--full")  # not the one in the trash
    assert (gov.goroot(NAME) / "doc/go_spec.html").exists()
    gov.run("uninstall", NAME)
    gov.run("install", NAME)
    assert not (gov.goroot(NAME) / "doc").exists()


@pytest.mark.parametrize("word", ["12", "g" * 64, "ab" * 33])
def test_what_is_no_sha256(gov, server, word):
    assert "64 hexadecimal digits" in gov.run("install", NAME, "--sha256", word, check=2).stderr
    assert server.requests == []


def test_a_sha256_is_of_one_release(gov):
    gov.run("install", NAME, "go1.98.1", "--sha256", "ab" * 32, check=2)


def test_another_sha256_is_refused(gov):
    gov.run("install", NAME, "--sha256", "ab" * 32, check=3)
    assert gov.leftovers() == []


@pytest.fixture
def old(server, directory):
    """A release before Go 1.21 whose archive nothing vouches for."""
    release = mini.release(directory, "go1.20.99")
    server.routes |= publish.site_routes([release])
    serve_index(server, release, sha256="")
    return release


def test_a_sha256_stands_for_an_old_release(gov, old):
    gov.env["GOV_SOURCES"] = "download"
    result = gov.run("install", old.name, check=3)
    assert "nothing proves" in result.stderr
    digest = distpack.file_digest(old.tarball)
    result = gov.run("install", old.name, "--sha256", digest)
    assert "checked against the SHA-256 given" in result.stderr
    assert distpack.is_whole(old.name, gov.goroot(old.name), old.h1)
    assert "whole" in gov.run("verify", old.name).stdout
    assert "sha256" in gov.run("list", "--long").stdout


def test_a_sha256_does_not_replace_the_log(gov, world, server):
    without_log(server)
    digest = distpack.file_digest(world.mini.tarball)
    result = gov.run("install", NAME, "--sha256", digest, check=None)
    assert result.code in (6, 7)
    assert gov.leftovers() == []


@pytest.mark.parametrize("source", ["download", "proxy"])
def test_insecure_is_the_way_past_and_told_everywhere(gov, world, server, source):
    without_log(server)
    gov.env["GOV_SOURCES"] = source
    result = gov.run("install", NAME, "--insecure")
    assert "NOT PROVED" in result.stderr
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)
    assert receipt(gov)["proved_by"] == "nothing"
    assert "NOTHING (--insecure)" in gov.run("list", "--long").stdout
    assert "--insecure" in gov.run("verify", NAME, check=3).stdout
    assert "NOT PROVED" in gov.run("install", NAME).stderr


def test_no_file_selects_what_nothing_proved_unless_it_was_allowed(gov):
    gov.run("install", NAME, "--insecure")
    told = gov.run("use", NAME).stderr
    assert "nothing proved it, so the file has to be allowed: gov allow" in told
    place = f"{gov.project}/.gotoolchain.toml:1"
    refused = gov.run("current", check=9).stderr
    assert refused == (
        f"gov: nothing proved {NAME} when it was installed, and {place} was not allowed to select it\n"
        f"gov: hint: see the file and allow it: gov allow; or for this session: gov shell {NAME}; or have "
        f"it proved: gov uninstall --force {NAME} and gov install {NAME}\n"
    )
    gov.run("exec", "--", "true", check=9)
    assert gov.run("current", env={"GOV_VERSION": NAME}).stdout == f"{NAME} (GOV_VERSION)\n"
    gov.run("allow")
    assert gov.run("current").stdout == f"{NAME} ({place})\n"
    gov.run("deny")
    gov.run("exec", "--", "true", check=9)
    gov.run("uninstall", "--force", NAME)
    gov.run("install", NAME)
    assert gov.run("current").stdout == f"{NAME} ({place})\n"
    assert "needs no trust" in gov.run("allow").stderr


def test_insecure_does_not_come_back_from_the_trash_as_proved(gov, world):
    gov.run("install", NAME, "--insecure")
    gov.run("uninstall", NAME)
    gov.run("install", NAME)
    assert receipt(gov)["proved_by"] == "log"
    assert "whole" in gov.run("verify", NAME).stdout


def test_insecure_still_has_to_be_a_release(gov, world, server):
    server.routes[publish.tarball_path(NAME)] = b"no archive"
    gov.run("install", NAME, "--insecure", env={"GOV_SOURCES": "download"}, check=3)
    assert gov.leftovers() == []


def test_editable_shares_nothing(gov, server, directory, world):
    """Neither takes it from others, nor do others take it from there."""
    names = ("go1.99.2", "go1.99.3")
    releases = [mini.release(directory, name) for name in names]
    server.routes |= publish.proxy_routes([world.mini, *releases])
    gov.env["GOV_SOURCES"] = "proxy"
    gov.run("install", NAME)
    gov.run("install", names[0], "--insecure", "--editable")
    gov.run("install", names[1], "--insecure")
    stats = [os.stat(gov.goroot(name) / "src/fmt/print.go") for name in (NAME, *names)]
    assert stats[1].st_nlink == 1 and stats[1].st_mode & 0o777 == 0o644
    assert stats[0].st_ino == stats[2].st_ino and stats[0].st_mode & 0o222 == 0
    assert "editable" in gov.run("list", "-l").stdout
