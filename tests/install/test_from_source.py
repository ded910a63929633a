# SPDX-License-Identifier: Apache-2.0
"""gov install --from-source: a release built here has to be the one that the log knows."""

import json
import shutil

import pytest

from world import archives, distpack, mini, publish, site

NAME = mini.NAME

# In place of Go's own: puts a zip that was made before where distpack would.
MAKE_BASH = """#!/usr/bin/env bash
set -eu
[ "$*" = -distpack ]
echo "Building Go cmd/dist using $GOROOT_BOOTSTRAP. ($("$GOROOT_BOOTSTRAP/bin/go" version))"
echo "GOFLAGS=${{GOFLAGS-unset}} GOTOOLCHAIN=$GOTOOLCHAIN GOENV=$GOENV"
mkdir -p ../pkg/distpack
cp "{packed}" ../pkg/distpack/
"""


@pytest.fixture
def bootstrap(gov, server, directory):
    """An installed release that can build the made-up one."""
    release = mini.release(directory, "go1.96.1")
    server.routes |= publish.proxy_routes([release])
    gov.run("install", release.name, "--insecure", env={"GOV_SOURCES": "proxy"})
    return release.name


@pytest.fixture
def source(directory, world):
    """A directory with the source of the made-up release."""
    root = directory / "source"
    for path, data in mini.files().items():
        if not path.startswith(("bin/", "pkg/")):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
    make = root / "src/make.bash"
    make.write_text(MAKE_BASH.format(packed=world.mini.module_zip))
    make.chmod(0o755)
    return root


@pytest.fixture
def on_site(server, source, world, directory):
    """The site has the source as an archive."""
    files = {str(p.relative_to(source)): p.read_bytes() for p in source.rglob("*") if p.is_file()}
    archive = directory / f"{NAME}.src.tar.gz"
    archive.write_bytes(archives.tar_gz(archives.release_members(files)))
    row = site.row(world.mini) | {
        "filename": archive.name,
        "os": "",
        "arch": "",
        "kind": "source",
        "sha256": distpack.file_digest(archive),
        "size": archive.stat().st_size,
    }
    server.routes[publish.INDEX_PATH] = site.encoded([site.entry(NAME, site.row(world.mini), row)])
    server.routes[f"/dl/{archive.name}"] = archive
    return archive


def receipt(gov):
    return json.loads((gov.govhome / f"receipts/{NAME}.json").read_text())


def log(gov):
    return (gov.root / f"state/gov/logs/build-{NAME}.log").read_text()


def test_a_directory_is_built_and_proved(gov, bootstrap, source, world):
    result = gov.run("install", "--from-source", str(source), env={"GOFLAGS": "-x"})
    assert distpack.h1_of_directory(NAME, gov.goroot(NAME)) == world.mini.h1
    assert receipt(gov)["source"] == "built" and receipt(gov)["proved_by"] == "log"
    assert receipt(gov)["built_with"] == bootstrap and receipt(gov)["url"] == str(source)
    assert "GOFLAGS=unset GOTOOLCHAIN=local GOENV=off" in log(gov)
    assert bootstrap in result.stderr and f"build-{NAME}.log" in result.stderr
    assert "proved by" in result.stderr
    assert "whole" in gov.run("verify", NAME).stdout
    assert "built" in gov.run("list", "-l").stdout
    assert gov.unfinished() == []
    assert not (source / "pkg").exists()


def test_the_site_has_the_source(gov, bootstrap, on_site, world):
    gov.run("install", "--from-source", NAME)
    assert distpack.h1_of_directory(NAME, gov.goroot(NAME)) == world.mini.h1
    assert receipt(gov)["archive_sha256"] == distpack.file_digest(on_site)
    assert receipt(gov)["url"].endswith(on_site.name)


def test_a_source_that_is_not_the_one_of_the_index_is_not_built(gov, server, bootstrap, on_site):
    changed = bytearray(on_site.read_bytes())
    changed[-1] ^= 1
    server.routes[f"/dl/{on_site.name}"] = bytes(changed)
    gov.run("install", "--from-source", NAME, check=3)
    assert not (gov.root / "state/gov/logs").exists()


def test_what_is_built_otherwise_is_refused(gov, bootstrap, source, directory):
    other = mini.release(directory / "home", NAME, {"src/evil.go": b"package evil\n"})
    (source / "src/make.bash").write_text(MAKE_BASH.format(packed=other.module_zip))
    result = gov.run("install", "--from-source", str(source), check=3)
    assert "the checksum database" in result.stderr
    assert not gov.goroot(NAME).exists() and gov.unfinished() == []
    result = gov.run("install", "--from-source", "--insecure", str(source))
    assert "NOT PROVED" in result.stderr
    assert (gov.goroot(NAME) / "src/evil.go").exists()


def test_a_failed_build_names_its_log(gov, bootstrap, source):
    (source / "src/make.bash").write_text("echo this went wrong >&2\nexit 7\n")
    result = gov.run("install", "--from-source", str(source), check=1)
    assert "make.bash ended with status 7" in result.stderr
    assert f"state/gov/logs/build-{NAME}.log" in result.stderr.splitlines()[-1]
    assert log(gov) == "this went wrong\n"
    assert not gov.goroot(NAME).exists() and gov.unfinished() == []


def test_without_a_release_to_build_with(gov, source):
    result = gov.run("install", "--from-source", str(source), check=5)
    assert "Go 1.96 or later" in result.stderr


def test_an_old_release_cannot_be_proved(gov, bootstrap):
    assert "1.21" in gov.run("install", "--from-source", "1.20.14", check=2).stderr


@pytest.mark.parametrize("words", [[], ["1.99.1", "1.96.1"], ["."], ["/nowhere/at/all"]])
def test_what_is_nothing_to_build(gov, words):
    gov.run("install", "--from-source", *words, check=2)


def test_offline_a_directory_is_needed(gov, bootstrap):
    gov.run("install", "--from-source", NAME, "--offline", check=7)


@pytest.mark.long
def test_a_genuine_release_is_built_from_the_source_in_its_module(gov, genuine, server):
    """Minutes: Go's own make.bash, and the result byte for byte what the log knows."""
    if shutil.which("bash", path=gov.env["PATH"]) is None:
        pytest.skip("there is no bash")
    gov.env["GOV_SOURCES"] = "proxy"
    gov.run("install", "go1.22.6")
    gov.run("install", "--from-source", "go1.22.7", timeout=3600)
    release = genuine["go1.22.7"]
    assert distpack.h1_of_directory(release.name, gov.goroot(release.name)) == release.h1
    assert receipt_of(gov, release.name)["proved_by"] == "log"


def receipt_of(gov, name):
    return json.loads((gov.govhome / f"receipts/{name}.json").read_text())
