# SPDX-License-Identifier: Apache-2.0
"""gov verify of any GOROOT, and what gov list says of sizes."""

import shutil
import tarfile

import pytest

from world import distpack, mini, releases

NAME = mini.NAME


@pytest.fixture
def elsewhere(world, directory):
    """The made-up release as its archive has it, where gov did not put it."""
    with tarfile.open(world.mini.tarball) as archive:
        archive.extractall(directory / "elsewhere")
    return directory / "elsewhere/go"


def differences(result):
    return [(one["change"], one["name"]) for one in result.json[0]["differences"]]


def test_all_of_them(gov, server):
    gov.run("install", NAME)
    server.requests.clear()
    assert [one["whole"] for one in gov.run("verify", "--all", "--json").json] == [True]
    assert server.requests == []
    gov.run("uninstall", NAME)
    assert gov.run("verify", "--all").stdout == ""
    assert "gov verify --all" in gov.run("verify", check=2).stderr


def test_offline_needs_no_cache(gov, server):
    gov.run("install", NAME)
    for place in ("cache", "state"):
        shutil.rmtree(gov.root / place)
    server.close()
    assert "proved by" in gov.run("verify", NAME, "--offline").stdout


def test_a_failure_does_not_hide_the_others(gov):
    gov.run("install", NAME)
    result = gov.run("verify", "go1.98.1", NAME, check=6)
    assert "go1.98.1 is not installed" in result.stderr
    assert f"{NAME}: whole" in result.stdout


def test_any_goroot_is_held_against_the_log(gov, server, elsewhere):
    result = gov.run("verify", str(elsewhere))
    assert "whole" in result.stdout and "proved by" in result.stdout
    assert "not covered doc/go_spec.html\n" in result.stdout
    assert len(server.asked("*/lookup/*")) == 1
    relative = gov.run("verify", "../elsewhere/go", "--json").json[0]
    assert relative["version"] == NAME and relative["whole"]
    assert "api/go1.txt" in relative["not_covered"]


def test_a_goroot_that_the_log_does_not_know_is_refused(gov, elsewhere):
    (elsewhere / "go.env").write_text("GOTOOLCHAIN=local\n")
    result = gov.run("verify", str(elsewhere), check=3)
    assert f"gov: hint: with {NAME} installed" in result.stderr


def test_what_is_installed_names_each_file_that_differs(gov, server, elsewhere):
    gov.run("install", NAME)
    (elsewhere / "go.env").write_text("GOTOOLCHAIN=local\n")
    (elsewhere / "bin/gofmt").unlink()
    (elsewhere / "bin/evil").write_text("#!/bin/sh\n")
    (elsewhere / "README.md").unlink()
    (elsewhere / "README.md").symlink_to("/etc/hosts")
    server.requests.clear()
    result = gov.run("verify", str(elsewhere), "--offline", "--json", check=3)
    assert server.requests == []
    assert differences(result) == [
        ("changed", "README.md"),
        ("extra", "bin/evil"),
        ("missing", "bin/gofmt"),
        ("changed", "go.env"),
    ]
    assert not result.json[0]["whole"]
    assert f"{elsewhere}: missing bin/gofmt\n" in gov.run("verify", str(elsewhere), check=3).stdout


def test_offline_and_with_nothing_installed_nothing_can_be_said(gov, server, elsewhere):
    result = gov.run("verify", str(elsewhere), "--offline", check=7)
    assert "offline" in result.stderr
    assert server.requests == []


@pytest.mark.parametrize("word", [".", "/", "nowhere"])
def test_what_is_no_goroot(gov, word):
    assert "gov: hint: " in gov.run("verify", word, check=2).stderr


def test_the_module_cache_has_some_files_under_two_names(gov, genuine):
    """Go copies each _go.mod to go.mod, and changes modes."""
    name = "go1.22.6"
    cache = releases.go_env("GOMODCACHE")
    goroot = f"{cache}/{distpack.MODULE}@{distpack.module_version(name)}"
    assert f"{goroot}: whole" in gov.run("verify", goroot).stdout


def test_sizes(gov, genuine):
    """Two patch releases of one line share most of what they take."""
    for name in ("go1.22.6", "go1.22.7"):
        gov.run("install", name, env={"GOV_SOURCES": "proxy"})
    first, second = gov.run("list", "--size", "--json").json
    for one in (first, second):
        files = [path for path in gov.goroot(one["version"]).rglob("*") if path.is_file()]
        assert one["apparent"] == sum(path.stat().st_size for path in files)
    assert first["allocated"] > 0.9 * first["apparent"]
    assert second["allocated"] < 0.6 * second["apparent"]
    lines = gov.run("list", "-s").stdout.splitlines()
    assert len(lines) == 3 and " MB on disk " in lines[0] and lines[2].split()[0] == "all"
