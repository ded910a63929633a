# SPDX-License-Identifier: Apache-2.0
"""gov install, list, verify and uninstall where all is well."""

import json
import os
import subprocess
import time

import pytest

from world import distpack, mini, publish

NAME = mini.NAME
SOURCES = ("proxy", "download")


@pytest.mark.parametrize("source", SOURCES)
def test_a_genuine_release_is_proved_by_the_public_log(gov, genuine, source):
    release = genuine["go1.22.6"]
    result = gov.run("install", release.name, env={"GOV_SOURCES": source})
    assert distpack.is_whole(release.name, gov.goroot(release.name), release.h1)
    assert release.h1 in (gov.govhome / "receipts/go1.22.6.json").read_text()
    assert any("go1.22.6" in line and source in line for line in result.stderr.splitlines())


def test_both_sources_give_the_same_tree(gov, world):
    trees = []
    for source in SOURCES:
        gov.run("install", world.mini.name, env={"GOV_SOURCES": source})
        root = gov.goroot(world.mini.name)
        files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        trees.append((files, distpack.modes_of_directory(root)))
        gov.remove(world.mini.name)
    assert trees[0] == trees[1]


def test_several_releases_are_installed_at_once(gov, genuine):
    names = ("go1.22.7", "go1.24.13")
    gov.run("install", *names)
    for name in names:
        assert distpack.is_whole(name, gov.goroot(name), genuine[name].h1)


def test_the_installed_go_runs_and_builds(gov, installed, directory):
    go = installed("go1.22.6") / "bin/go"
    (directory / "main.go").write_text('package main\n\nfunc main() { println("built") }\n')
    (directory / "go.mod").write_text("module example.com/built\n\ngo 1.22\n")
    environment = gov.environment({"GOTOOLCHAIN": "local"})

    def run(*command):
        options = {"cwd": directory, "env": environment, "capture_output": True, "text": True}
        return subprocess.run(command, check=True, **options)

    platform = distpack.PLATFORM.replace("-", "/")
    assert run(go, "version").stdout == f"go version go1.22.6 {platform}\n"
    run(go, "build", "-o", "built", ".")
    assert run("./built").stderr == "built\n"


def test_a_second_install_says_so_and_asks_nobody(gov, genuine, installed, server):
    installed("go1.22.6")
    server.requests.clear()
    started = time.monotonic()
    result = gov.run("install", "go1.22.6")
    assert time.monotonic() - started < 0.5
    assert "already" in result.stderr
    assert server.requests == []


@pytest.mark.parametrize("spelling", ["1.99.1", "go1.99.1"])
def test_a_version_is_named_with_or_without_go(gov, world, spelling):
    gov.run("install", spelling)
    assert distpack.is_whole(world.mini.name, gov.goroot("go1.99.1"), world.mini.h1)


def test_without_a_version_the_pinned_one_is_installed(gov):
    (gov.project / ".gotoolchain.toml").write_text('go = "1.99.1"\n')
    below = gov.project / "below"
    below.mkdir()
    gov.run("install", cwd=below)
    assert gov.goroot("go1.99.1").is_dir()


def test_without_a_version_and_without_a_pin_there_is_nothing_to_install(gov):
    result = gov.run("install", check=6)
    assert "gov: hint: " in result.stderr


@pytest.mark.parametrize(
    "word", ["banana", "1.22.6.7", "go1.22.6/../x", "1.99.1\n", "-1", "../x", ""]
)
def test_what_is_no_version_is_a_usage_error(gov, server, word):
    gov.refuses(word, 2)
    assert server.requests == []


def test_standard_output_has_results_alone_and_the_rest_starts_with_gov(gov):
    result = gov.run("install", "go1.99.1")
    assert "\r" not in result.stderr and "\x1b" not in result.stderr
    assert all(line.startswith("gov: ") for line in result.stderr.splitlines())
    assert all(not line.startswith("gov: ") for line in result.stdout.splitlines())


def test_install_tells_its_result_as_json(gov, world):
    result = gov.run("install", "go1.99.1", "--json")
    assert world.mini.h1 in result.stdout
    assert "go1.99.1" in str(result.json)


def test_the_list_names_what_is_installed(gov):
    assert gov.run("list").stdout == ""
    assert gov.run("list", "--json").json == []
    gov.run("install", "go1.99.1")
    assert "go1.99.1" in gov.run("list").stdout
    assert [one["version"] for one in gov.run("list", "--json").json] == ["go1.99.1"]


def test_uninstall_leaves_nothing_and_says_what_is_not_there(gov):
    gov.run("install", "go1.99.1")
    gov.run("uninstall", "1.99.1")
    for folder in ("versions", "receipts", "staging"):
        assert list(gov.govhome.glob(f"{folder}/*")) == []
    assert gov.run("list").stdout == ""
    assert "go1.99.1" in gov.run("uninstall", "go1.99.1", check=6).stderr


@pytest.mark.parametrize("name", ["print.go", "new.go"])
def test_what_was_uninstalled_and_tampered_with_does_not_come_back(gov, world, name):
    gov.run("install", "go1.99.1")
    gov.run("uninstall", "go1.99.1")
    for folder in gov.govhome.glob("trash/**/src/fmt"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_text("package fmt // with a back door\n")
    gov.run("install", "go1.99.1")
    assert distpack.is_whole("go1.99.1", gov.goroot("go1.99.1"), world.mini.h1)


def test_a_whole_toolchain_verifies_without_the_network(gov, server):
    gov.run("install", "go1.99.1")
    server.requests.clear()
    gov.run("verify", "go1.99.1")
    assert gov.run("verify", "go1.99.1", "--json").json
    assert server.requests == []


def _change(root):
    _writable(root / "src/fmt").joinpath("print.go").chmod(0o644)
    (root / "src/fmt/print.go").write_text("package fmt // changed\n")
    return "src/fmt/print.go"


def _remove(root):
    _writable(root / "src/os").joinpath("file.go").unlink()
    return "src/os/file.go"


def _add(root):
    _writable(root / "bin").joinpath("extra").write_text("#!/bin/sh\n")
    return "bin/extra"


def _link(root):
    path = _writable(root / "lib/time") / "zoneinfo.zip"
    copy = root.parent / "zoneinfo"
    path.rename(copy)
    path.symlink_to(copy)
    return "lib/time/zoneinfo.zip"


def _writable(folder):
    folder.chmod(0o755)
    return folder


@pytest.mark.parametrize("damage", [_change, _remove, _add, _link])
def test_verify_names_the_damaged_file(gov, damage):
    gov.run("install", "go1.99.1")
    path = damage(gov.goroot("go1.99.1"))
    result = gov.run("verify", "go1.99.1", check=3)
    assert path in result.stderr + result.stdout


def test_verify_of_what_is_not_installed(gov):
    assert "go1.99.1" in gov.run("verify", "go1.99.1", check=6).stderr


def test_the_home_is_private(gov):
    gov.run("install", "go1.99.1")
    assert os.stat(gov.govhome).st_mode & 0o777 == 0o700


def test_no_other_go_is_asked_for(gov, server):
    """The one archive is asked for once, and the log about nothing else."""
    gov.run("install", "go1.99.1", env={"GOV_SOURCES": "proxy"})
    path = publish.zip_path("go1.99.1")
    assert sum(one.sent for one in server.asked(path)) == server.routes[path].stat().st_size
    assert len(server.asked("*/lookup/*")) == 1


def test_a_tree_without_a_receipt_is_never_taken_for_a_release(gov, world):
    goroot = gov.goroot(NAME)
    (goroot / "bin").mkdir(parents=True)
    (goroot / "bin/go").write_text("#!/bin/sh\necho evil\n")
    (goroot / "bin/go").chmod(0o755)
    gov.run("install", NAME)
    assert distpack.is_whole(NAME, goroot, world.mini.h1)


@pytest.mark.parametrize("damage", ["receipt", "program"])
def test_a_damaged_installation_is_mended_by_installing_again(gov, world, damage):
    gov.run("install", NAME)
    {
        "receipt": lambda: (gov.govhome / f"receipts/{NAME}.json").write_text("{"),
        "program": lambda: (gov.goroot(NAME) / "bin/go").unlink(),
    }[damage]()
    gov.run("install", NAME)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_verify_refuses_a_release_whose_proof_was_taken_away(gov):
    gov.run("install", NAME)
    receipt = gov.govhome / f"receipts/{NAME}.json"
    members = json.loads(receipt.read_text())
    del members["proof"]
    receipt.write_text(json.dumps(members))
    assert "has no proof" in gov.run("verify", NAME, check=3).stderr


def test_verify_needs_no_settings_of_the_network(gov):
    gov.run("install", NAME)
    gov.run("verify", NAME, env={"GOV_MIRROR": "gopher:x", "GOV_SOURCES": "nowhere", "GOPROXY": "off"})


def test_a_closed_standard_output_is_no_file_of_govs(gov):
    gov.run("install", NAME)
    closed = ["sh", "-c", f'"{gov.binary}" verify {NAME} >&-']
    assert subprocess.run(closed, env=gov.environment(), check=False, stderr=subprocess.DEVNULL).returncode != 0
    assert all(lock.stat().st_size == 0 for lock in (gov.govhome / "locks").iterdir())


@pytest.mark.parametrize("how", [{"GOV_OFFLINE": "1"}, "--offline"])
def test_offline_nothing_is_asked_and_what_is_there_is_there(gov, server, how):
    env, words = (how, []) if isinstance(how, dict) else ({}, [how])
    assert "offline" in gov.run("install", NAME, *words, env=env, check=7).stderr
    assert server.requests == []
    gov.run("install", NAME)
    gov.run("install", NAME, *words, env=env)
    gov.run("uninstall", NAME)
    gov.run("install", NAME, *words, env=env)  # from the trash
