# SPDX-License-Identifier: Apache-2.0
"""gov adopt: toolchains that other programs have, copied and proved."""

import shutil

import pytest

from world import distpack

NAME = "go1.99.1"


@pytest.fixture
def theirs(gov):
    """A GOROOT where `~/sdk` has it: what gov itself installed, moved there."""
    gov.run("install", NAME)
    goroot = gov.home / "sdk" / NAME
    shutil.copytree(gov.goroot(NAME), goroot, symlinks=True)
    gov.remove(NAME)
    return goroot


def test_what_is_found_is_listed_and_the_installed_ones_are_marked(gov, theirs):
    assert f"  {NAME}  {theirs}\n" in gov.run("adopt").stdout
    gov.run("adopt", NAME)
    assert f"* {NAME}  {theirs}\n" in gov.run("adopt").stdout


@pytest.mark.parametrize("word", [NAME, "1.99.1", "{}", "--all"])
def test_a_copy_is_installed_and_proved(gov, world, theirs, word):
    env = {"GOV_SOURCES": "download", "GOV_MIRROR": "http://127.0.0.1:1/dl"}
    result = gov.run("adopt", word.format(theirs), env={**env, "GOMODCACHE": "/nowhere"}, check=None)
    assert f"{NAME} is a copy of {theirs}, proved by" in result.stderr
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)
    assert (theirs / "VERSION").exists()


def test_a_module_cache_has_each_go_mod_twice(gov, world, theirs):
    shutil.copy(theirs / "src/go.mod", theirs / "src/_go.mod")
    gov.run("adopt", NAME)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


@pytest.mark.parametrize("change", ["a byte", "a file more", "a file less", "a link"])
def test_a_changed_tree_is_refused_and_nothing_stays(gov, theirs, change):
    file = theirs / "VERSION"
    other = theirs / "src/more.go"
    {
        "a byte": lambda: file.write_bytes(file.read_bytes() + b"x"),
        "a file more": lambda: other.write_text("package more\n"),
        "a file less": lambda: (theirs / "LICENSE").unlink(),
        "a link": lambda: other.symlink_to("/etc/passwd"),
    }[change]()
    gov.run("adopt", NAME, check=3)
    assert not gov.goroot(NAME).exists()
    assert not list((gov.govhome / "staging").iterdir())


def test_a_directory_that_is_no_goroot(gov):
    assert "gov adopt lists" in gov.run("adopt", "/tmp", check=6).stderr


@pytest.mark.parametrize(
    "variable, place",
    [
        (None, "home/.gvm/gos/{}"),
        ("GVM_ROOT", "theirs/gos/{}"),
        (None, "home/.goenv/versions/1.99.1"),
        ("GOENV_ROOT", "theirs/versions/1.99.1"),
        (None, "home/.asdf/installs/golang/1.99.1/go"),
        ("ASDF_DATA_DIR", "theirs/installs/golang/1.99.1/go"),
        (None, "home/.local/share/mise/installs/go/1.99.1"),
        ("MISE_DATA_DIR", "theirs/installs/go/1.99.1"),
        ("XDG_DATA_HOME", "theirs/mise/installs/go/1.99.1"),
        (None, "home/.g/versions/1.99.1"),
        ("G_HOME", "theirs/versions/1.99.1"),
        (None, "home/.gobrew/versions/1.99.1/go"),
        ("GOBREW_ROOT", "theirs/.gobrew/versions/1.99.1/go"),
        ("RUNNER_TOOL_CACHE", "theirs/go/1.99.1/x64"),
        (None, "home/go/pkg/mod/golang.org/toolchain@v0.0.1-{}.linux-amd64"),
        ("GOMODCACHE", "theirs/golang.org/toolchain@v0.0.1-{}.linux-amd64"),
        ("GOPATH", "theirs/pkg/mod/golang.org/toolchain@v0.0.1-{}.linux-amd64"),
    ],
)
def test_other_programs_places_are_known(gov, variable, place):
    goroot = gov.root / place.format(NAME)
    (goroot / "bin").mkdir(parents=True)
    (goroot / "VERSION").write_text(f"{NAME}\n")
    (goroot / "bin/go").write_text("")
    env = {variable: str(gov.root / "theirs")} if variable else {}
    assert f"  {NAME}  {goroot}\n" in gov.run("adopt", env=env).stdout
