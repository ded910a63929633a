# SPDX-License-Identifier: Apache-2.0
"""gov lock, gov upgrade, and what installs make of a lock."""

import re

import pytest

from world import distpack, publish, site

NAME = "go1.99.1"  # the made-up release
HERE = distpack.PLATFORM.replace("-", "/")


@pytest.fixture
def lock(gov):
    return gov.project / ".gotoolchain.lock"


def pin(gov, spec, name=".gotoolchain.toml"):
    (gov.project / name).write_text(f'go = "{spec}"\n' if name.endswith("toml") else spec + "\n")


def serve_index(server, world, *names):
    def row(name):
        return site.row(world.mini, version=name, filename=distpack.tarball_name(name))

    rows = [site.entry(name, row(name)) for name in names]
    server.routes[publish.INDEX_PATH] = site.encoded(rows)


def test_a_lock_fixes_the_release_and_its_hashes_and_downloads_nothing(gov, world, server, lock):
    pin(gov, "1.99")
    told = gov.run("lock")
    sha256 = distpack.file_digest(world.mini.tarball)
    lines = [line for line in lock.read_text().splitlines() if not line.startswith("#")]
    assert lines[:2] == ["pin 1.99", f"release {NAME}"]
    assert f"{HERE} sha256:{sha256} {world.mini.h1}" in lines
    assert lines[2:] == sorted(lines[2:])
    assert "darwin/arm64 is locked without" in told.stderr  # the world has no such archive
    asked = [request.path for request in server.requests]
    assert asked and not [path for path in asked if path.endswith((".zip", ".tar.gz"))]
    assert gov.leftovers() == []
    before = lock.read_text()
    gov.run("lock")
    assert lock.read_text() == before


def test_a_download_site_that_does_not_answer_is_asked_and_said_once(gov, server, lock):
    pin(gov, NAME)
    away = f"{server.url}/away"
    told = gov.run("lock", env={"GOV_MIRROR": away})
    assert told.stderr.count(away) == 1
    assert "there is no SHA-256 of archives" in told.stderr
    assert [request.path for request in server.requests].count("/away/") == 1
    assert lock.read_text().count("sha256:") == 0 and f"{HERE} h1:" in lock.read_text()


def test_the_lock_decides_what_a_range_means_also_at_the_prompt(gov, world, server, lock):
    pin(gov, "1.99")
    gov.run("lock", "--platform", HERE)
    serve_index(server, world, "go1.99.2", NAME)
    gov.run("install", NAME)
    (gov.make_up("go1.99.2") / "go").symlink_to("/bin/true")
    assert gov.run("current").stdout.startswith(f"{NAME} (")
    lock.unlink()
    assert gov.run("current").stdout.startswith("go1.99.2 (")


@pytest.mark.parametrize("kind", ("h1", "sha256"))
def test_what_differs_from_the_lock_is_not_installed(gov, lock, kind):
    pin(gov, "1.99")
    gov.run("lock", "--platform", HERE)
    text = lock.read_text()
    wrong = {
        "h1": re.sub(r"h1:.{43}", "h1:" + "A" * 43, text),
        "sha256": re.sub(r"sha256:\w{64}", "sha256:" + "a" * 64, text),
    }[kind]
    lock.write_text(wrong)
    told = gov.run("install", check=3)
    assert f"but {lock} fixes " in told.stderr
    assert gov.leftovers() == []
    lock.write_text(text)
    assert gov.run("install", "--locked").stdout == f"{gov.goroot(NAME)}\n"
    lock.write_text(wrong)
    if kind == "h1":
        assert "fixes" in gov.run("install", check=3).stderr  # also what is there already


def test_a_lock_for_another_pin_is_an_error_that_says_what_to_do(gov, lock):
    pin(gov, "1.99")
    gov.run("lock", "--platform", HERE)
    pin(gov, "^1.98")
    for command in ("install", "current"):
        told = gov.run(command, check=2)
        assert f'{lock} is for "1.99", but {gov.project}/.gotoolchain.toml:1 asks for "^1.98"' in told.stderr
        assert "gov: hint: write it again: gov lock\n" in told.stderr
    gov.run("lock")
    assert gov.run("install").stdout == f"{gov.goroot(NAME)}\n"


def test_without_a_lock_locked_refuses(gov):
    pin(gov, "1.99")
    assert "gov: hint: write one: gov lock" in gov.run("install", "--locked", check=2).stderr
    assert "leave the version out" in gov.run("install", "--locked", NAME, check=2).stderr


@pytest.mark.parametrize(
    "text, reason",
    (
        ("", "is not whole"),
        ("pin 1.99\n", "is not whole"),
        ("pin 1.99\n<<<<<<< ours\nrelease go1.99.1\n", ":2: a merge has left a conflict here"),
        ("pin 1.99\nrelease gopher\n", ":2: this is no release"),
        ("pin 1.99\nrelease go1.99.1\nlinux/amd64 sha256:abc\n", ":3: this line cannot be understood"),
        ("pin 1.99\nrelease go1.99.1\n../x/y h1:\n", ":3: this line cannot be understood"),
    ),
)
def test_a_lock_that_cannot_be_understood_is_told_with_its_line(gov, lock, text, reason):
    pin(gov, "1.99")
    lock.write_text(text)
    told = gov.run("install", check=2)
    assert f"{lock}{reason}" in told.stderr or f"{lock} {reason}" in told.stderr
    gov.run("lock", "--platform", HERE)
    gov.run("install", "--locked")


def test_upgrade_moves_an_exact_pin_on_in_its_line_and_writes_the_lock(gov, world, server, lock):
    (gov.project / ".gotoolchain.toml").write_text('# ours\ngo = "1.99.0"  # why\n')
    serve_index(server, world, "go1.101rc1", "go1.100.2", NAME, "go1.99.0")
    told = gov.run("upgrade", "--platform", HERE)
    assert (gov.project / ".gotoolchain.toml").read_text() == '# ours\ngo = "1.99.1"  # why\n'
    assert f".gotoolchain.toml:2 now pins {NAME}" in told.stderr
    assert f"release {NAME}\n" in lock.read_text()
    gov.run("upgrade", "--major")
    assert (gov.project / ".gotoolchain.toml").read_text() == '# ours\ngo = "1.100.2"  # why\n'


def test_upgrade_moves_the_lock_of_a_range_on_and_with_major_the_range(gov, world, server, lock):
    pin(gov, "1.99")
    gov.run("lock", "--platform", HERE)
    serve_index(server, world, "go1.100.2", "go1.99.4", NAME)
    # The kept index is asked again at once by another name of the same site.
    (gov.root / "cache/gov/index").rename(gov.root / "old-index")
    gov.run("lock")
    assert f"release {NAME}\n" in lock.read_text()
    gov.run("upgrade")
    assert "release go1.99.4\n" in lock.read_text()
    gov.run("upgrade", "--major")
    assert (gov.project / ".gotoolchain.toml").read_text() == 'go = "1.100"\n'
    assert lock.read_text().splitlines()[1:3] == ["pin 1.100", "release go1.100.2"]


def test_upgrade_says_what_to_write_where_it_does_not_edit(gov):
    pin(gov, "1.99.0", ".go-version")
    told = gov.run("upgrade", check=2)
    assert "write 1.99.1 there, or run: gov use 1.99.1" in told.stderr
    assert gov.run("lock", cwd=gov.home, check=6).stderr.startswith("gov: no file here asks")
