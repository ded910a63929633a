# SPDX-License-Identifier: Apache-2.0
"""Linked toolchains: a name for a GOROOT that gov proves nothing of."""

import shutil

import pytest

from world import mini


@pytest.fixture
def own(directory):
    """A Go that somebody built, from a development tree."""
    root = directory / "own go"
    (root / "bin").mkdir(parents=True)
    (root / "bin/go").write_text('#!/bin/sh\necho "own go in $GOROOT, $GOTOOLCHAIN"\n')
    (root / "bin/go").chmod(0o755)
    source = root / "src/internal/goversion"
    source.mkdir(parents=True)
    (source / "goversion.go").write_text("package goversion\n\nconst Version = 99\n")
    return root


def test_a_linked_toolchain_is_selected_by_name(gov, own):
    result = gov.run("link", "tip", "../own go")
    assert "nothing proves it" in result.stderr and "go1.99" in result.stderr
    assert gov.run("exec", "tip", "--", "go").stdout == f"own go in {own}, local\n"
    session = {"GOV_VERSION": "tip"}
    assert gov.run("which", env=session).stdout == f"{own}/bin/go\n"
    assert gov.run("current", env=session).stdout == "tip (GOV_VERSION)\n"
    assert str(own) in gov.run("export", "bash", env=session).stdout
    gov.run("default", "tip")
    assert gov.run("default").stdout == "tip\n"
    assert gov.run("which").stdout == f"{own}/bin/go\n"


def test_the_list_has_it(gov, own):
    gov.run("install", mini.NAME)
    gov.run("link", "tip", str(own))
    gov.run("default", "tip")
    lines = gov.run("list").stdout.splitlines()
    assert [line.split()[-2] if "default" in line else line.split()[-1] for line in lines] == [
        mini.NAME,
        "tip",
    ]
    assert lines[1].startswith("* tip") and "(default)" in lines[1]
    assert f"nothing: go1.99  {own}" in gov.run("list", "-l").stdout
    entry = gov.run("list", "--json").json[1]
    assert entry["name"] == "tip" and entry["goroot"] == str(own)
    assert entry["source"] == "linked" and entry["proved_by"] == "nothing"
    assert "tip" in gov.run("complete", "--", "default", "").stdout.split()


def test_a_file_of_a_project_selects_it_only_where_it_was_allowed(gov, own):
    """Whoever wrote that file may not be who linked the toolchain."""
    gov.run("link", "tip", str(own))
    told = gov.run("use", "tip").stderr
    assert "nothing proved it, so the file has to be allowed: gov allow" in told
    result = gov.run("current", check=9)
    assert "tip is a linked toolchain, which nothing proves, and " in result.stderr
    assert "was not allowed to select it" in result.stderr
    assert str(own) not in gov.run("export", "bash").stdout
    assert gov.run("exec", "--", "go", check=9).stdout == ""
    assert gov.run("exec", "tip", "--", "go").code == 0
    shown = gov.run("allow").stdout
    assert "  go is the linked toolchain tip, which nothing proves\n" in shown
    assert gov.run("exec", "--", "go").stdout == f"own go in {own}, local\n"
    assert str(own) in gov.run("export", "bash").stdout
    assert gov.run("current").stdout.startswith("tip (")
    gov.run("deny")
    gov.run("exec", "--", "go", check=9)
    (gov.project / ".gotoolchain.toml").unlink()
    (gov.project / ".go-version").write_text("tip\n")
    assert "hint: for this session: gov shell tip" in gov.run("current", check=9).stderr


def test_unlink_leaves_the_directory(gov, own):
    gov.run("link", "tip", str(own))
    gov.run("unlink", "tip")
    assert (own / "bin/go").exists()
    assert gov.run("list").stdout == ""
    gov.run("exec", "tip", "--", "go", check=125)
    assert "tip" in gov.run("unlink", "tip", check=6).stderr


def test_a_name_can_be_given_anew(gov, own, directory):
    other = directory / "other"
    shutil.copytree(own, other)
    gov.run("link", "tip", str(own))
    gov.run("link", "tip", str(other))
    assert gov.run("which", env={"GOV_VERSION": "tip"}).stdout == f"{other}/bin/go\n"


def test_a_directory_that_went_away_is_no_toolchain(gov, own):
    gov.run("link", "tip", str(own))
    shutil.rmtree(own)
    assert gov.run("list").stdout == ""
    assert gov.run("current", env={"GOV_VERSION": "tip"}, check=2).stdout == ""
    gov.run("unlink", "tip")


@pytest.mark.parametrize(
    "name", ["1.22", "go1.22.6", "stable", "latest", "../x", "a/b", "-x", "", "a b", "x" * 65]
)
def test_names_that_are_none(gov, own, name):
    result = gov.run("link", "--", name, str(own), check=None)
    assert result.code == 2, result
    assert not (gov.govhome / "links").exists()


def test_what_is_no_goroot(gov, own):
    assert "bin/go" in gov.run("link", "tip", ".", check=2).stderr
    gov.run("link", "tip", "nowhere", check=2)
    (own / "src/internal/goversion/goversion.go").unlink()
    assert "which Go it is" in gov.run("link", "tip", str(own), check=2).stderr
    (own / "VERSION").write_text("go1.22.3-bigcorp\n")
    assert "go1.22.3" in gov.run("link", "tip", str(own)).stderr
