# SPDX-License-Identifier: Apache-2.0
"""Archives with flipped bytes, cut short, or replaced: refused, or the proved tree all the same."""

import random
from dataclasses import replace

import pytest

from world import archives, distpack, faults, mini, publish
from world.releases import Release

NAME = mini.NAME
PATHS = {"proxy": publish.zip_path(NAME), "download": publish.tarball_path(NAME)}


def only(source):
    return {"GOV_SOURCES": source}


def content(server, source):
    return server.routes[PATHS[source]].read_bytes()


def refused_or_identical(gov, release: Release, source):
    """What a flipped byte may come to: exit code 3 and nothing, or the very tree of the log."""
    result = gov.run("install", release.name, env=only(source), check=None)
    if result.code == 0:
        assert distpack.is_whole(release.name, gov.goroot(release.name), release.h1)
        gov.remove(release.name)
    else:
        assert result.code == 3, result.stderr
    assert gov.leftovers() == []
    return result.code


PLACES = {"first": 0, "header": 40, "middle": 0.5, "before the end": -30, "last": -1}


@pytest.mark.parametrize("place", PLACES)
def test_every_flip_is_refused_where_the_index_has_the_sum(gov, server, place):
    size = len(content(server, "download"))
    offset = int(PLACES[place] * size) if place == "middle" else PLACES[place]
    server.fault(PATHS["download"], faults.flip(offset))
    gov.refuses(NAME, 3, env=only("download"))


def test_any_flip_in_the_zip_is_refused_or_cannot_reach_the_tree(gov, world, server):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    size = len(content(server, "proxy"))
    offsets = [0, 5, 40, size // 2, size - 22, size - 1] + [
        chance.randrange(size) for _ in range(60)
    ]
    outcomes = []
    for offset in offsets:
        server.heal()
        server.fault(PATHS["proxy"], faults.flip(offset, 1 << chance.randrange(8)))
        outcomes.append(refused_or_identical(gov, world.mini, "proxy"))
    assert outcomes.count(3) > len(outcomes) // 2


def test_any_flip_in_a_tarball_with_a_lying_index_is_refused_or_cannot_reach_the_tree(
    gov, world, server, directory
):
    chance = random.Random(7)
    honest = content(server, "download")
    for offset in [0, 4, 9, len(honest) // 2, -9, -1] + [
        chance.randrange(len(honest)) for _ in range(20)
    ]:
        forged = bytearray(honest)
        forged[offset] ^= 1 << chance.randrange(8)
        serve_tarball(server, world.mini, bytes(forged), directory)
        refused_or_identical(gov, world.mini, "download")


def serve_tarball(server, release, body, directory):
    """Serves a forged tarball with an index that was forged to match it."""
    forged = directory / release.tarball.name
    forged.write_bytes(body)
    server.routes.update(publish.site_routes([replace(release, tarball=forged)]))


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_flipped_byte_in_a_genuine_release(gov, genuine, server, source, place):
    release = genuine["go1.22.6"]
    path, file = {
        "proxy": (publish.zip_path(release.name), release.module_zip),
        "download": (publish.tarball_path(release.name), release.tarball),
    }[source]
    offset = {"first": 0, "middle": file.stat().st_size // 2, "last": -1}[place]
    server.fault(path, faults.flip(offset))
    gov.refuses(release.name, 3, release.name, env=only(source))


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("place", [0, 1, 100, 0.5, -1])
def test_a_download_cut_for_good_is_unreachable(gov, server, source, place):
    size = len(content(server, source))
    offset = int(place * size) if place == 0.5 else place % size
    server.fault(PATHS[source], faults.cut(offset))
    gov.refuses(NAME, 7, env=only(source))


@pytest.mark.parametrize("source", PATHS)
def test_a_chunked_download_cut_for_good_is_unreachable(gov, server, source):
    server.fault(PATHS[source], faults.chunked, faults.cut(50_000))
    gov.refuses(NAME, 7, env=only(source))


BODIES = {
    "a login page": b"<!DOCTYPE html><title>Please log in</title>" * 50,
    "one byte": b"P",
    "another format": b"\xfd7zXZ\x00" + bytes(3000),
    "a program": b"\x7fELF" + bytes(3000),
}


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("body", BODIES)
def test_something_else_in_place_of_the_archive(gov, server, source, body):
    server.fault(PATHS[source], faults.replace(BODIES[body]))
    gov.refuses(NAME, 3, env=only(source))


@pytest.mark.parametrize("source", PATHS)
def test_an_empty_archive(gov, server, source):
    server.fault(PATHS[source], faults.replace(b""))
    gov.refuses(NAME, 3, env=only(source))


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("length", [30, 0.5, -1])
def test_a_short_archive_that_claims_to_be_all(gov, server, source, length):
    body = content(server, source)
    end = int(length * len(body)) if length == 0.5 else length
    server.fault(PATHS[source], faults.replace(body[:end]))
    gov.refuses(NAME, 3, env=only(source))


@pytest.mark.parametrize("source", PATHS)
def test_the_archive_of_another_release(gov, server, directory, source):
    other = mini.release(directory, "go1.99.2")
    server.routes[PATHS[source]] = {"proxy": other.module_zip, "download": other.tarball}[source]
    gov.refuses(NAME, 3, env=only(source))


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("fault", [faults.flip(5000), faults.cut(5000), faults.replace(b"<html>")])
def test_a_refused_release_installs_once_the_source_is_honest(gov, world, server, source, fault):
    server.fault(PATHS[source], fault)
    assert gov.run("install", NAME, env=only(source), check=None).code != 0
    server.heal()
    gov.run("install", NAME, env=only(source))
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


@pytest.mark.parametrize("path", ["bin/go", "VERSION", "src/cmd/go/testdata/empty"])
def test_a_forged_file_with_an_index_forged_to_match(gov, world, server, directory, path):
    files = {**mini.files(), **mini.EXTRAS}
    files[path] += b"#"
    forged = archives.tar_gz(archives.release_members(files))
    serve_tarball(server, world.mini, forged, directory)
    gov.refuses(NAME, 3, world.mini.h1, env=only("download"))


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("change", ["missing", "extra", "renamed"])
def test_a_tree_with_other_files_is_refused(gov, world, server, directory, source, change):
    files = mini.files()
    if change in ("missing", "renamed"):
        moved = files.pop("src/os/file.go")
    if change == "extra":
        files["src/os/extra.go"] = b"package os\n"
    if change == "renamed":
        files["src/os/File.go"] = moved
    module_zip = archives.zip_archive(archives.module_entries(NAME, files))
    server.routes[PATHS["proxy"]] = module_zip
    serve_tarball(server, world.mini, archives.tar_gz(archives.release_members(files)), directory)
    gov.refuses(NAME, 3, world.mini.h1, env=only(source))


def test_a_source_that_lies_is_not_passed_over(gov, server):
    server.fault(PATHS["download"], faults.flip(5000))
    gov.refuses(NAME, 3, PATHS["download"])
    assert not server.asked(PATHS["proxy"])
