# SPDX-License-Identifier: Apache-2.0
"""gov init and gov use: what a project's file becomes."""

import pytest


@pytest.fixture
def pin_file(gov):
    return gov.project / ".gotoolchain.toml"


def have(gov, *names):
    for name in names:
        (gov.make_up(name) / "go").symlink_to("/bin/true")


def pinned(pin_file):
    (line,) = [line for line in pin_file.read_text().splitlines() if not line.startswith("#")]
    return line


@pytest.mark.parametrize(
    "name, text, line, why",
    (
        (".go-version", "v1.22.6\n", 'go = "1.22.6"', "/.go-version:1 asks for go1.22.6"),
        (".go-version", "^1.22\n", 'go = "^1.22"', "/.go-version:1 asks for ^1.22"),
        (".tool-versions", "nodejs 22\ngolang 1.22.6\n", 'go = "1.22.6"', "/.tool-versions:2 asks for go1.22.6"),
        ("go.mod", "module m\n\ngo 1.22\ntoolchain go1.22.7\n", 'go = "1.22.7"', "/go.mod:4 asks for go1.22.7"),
        ("go.mod", "module m\n\ngo 1.22.1\n", 'go = "1.22.6"', "/go.mod:3 asks for Go 1.22.1 or newer"),
        ("go.mod", "module m\n\ngo 1.99\n", 'go = "1.99"', "/go.mod:3 asks for Go 1.99 or newer"),
        ("go.work", "go 1.23.0\n", 'go = "1.23"', "/go.work:1 asks for Go 1.23.0 or newer"),
    ),
)
def test_init_pins_what_the_files_here_ask_for(gov, pin_file, name, text, line, why):
    have(gov, "go1.22.6", "go1.24.13") if "1.23" not in text else have(gov, "go1.22.6")
    (gov.project / name).write_text(text)
    told = gov.run("init")
    assert pinned(pin_file) == line
    assert f"now pins " in told.stderr and f", as {gov.project}{why}\n" in told.stderr
    if name.startswith("."):
        assert f"{gov.project}/{name} has no say in Go's version any more" in told.stderr
    assert gov.run("current", "--explain").stdout  # the new file can be read


def test_init_pins_the_default_else_the_newest_installed_else_stable(gov, pin_file):
    assert "nothing here asks for a version" in gov.run("init").stderr
    assert pinned(pin_file) == 'go = "stable"'
    pin_file.unlink()
    have(gov, "go1.22.6", "go1.24.13")
    gov.run("init")
    assert pinned(pin_file) == 'go = "1.24.13"'
    pin_file.unlink()
    gov.run("default", "1.22")
    assert "which is your default" in gov.run("init").stderr
    assert pinned(pin_file) == 'go = "1.22"'


def test_init_takes_a_version_and_says_what_is_missing(gov, pin_file):
    told = gov.run("init", "1.99.1")
    assert pinned(pin_file) == 'go = "1.99.1"'
    assert "it is not installed; run: gov install go1.99.1" in told.stderr
    assert gov.run("current").stdout.startswith("go1.99.1 (")


def test_init_writes_nothing_over_and_nothing_wrong(gov, pin_file):
    assert "did you mean latest?" in gov.run("init", "latestt", check=2).stderr
    assert not pin_file.exists()
    pin_file.write_text("# mine\n")
    told = gov.run("init", "1.22.6", check=2)
    assert f"{pin_file} is there already" in told.stderr and "gov use VERSION" in told.stderr
    assert pin_file.read_text() == "# mine\n"


def test_use_keeps_consent_that_was_given_and_gives_none(gov, pin_file):
    have(gov, "go1.22.6", "go1.24.13")
    pin_file.write_text('go = "1.22.6" # ours\n\n[env]\nAPP = "yes"\n')
    environment = ("exec", "--", "/usr/bin/printenv", "APP")
    gov.run("use", "1.24.13")
    gov.run(*environment, check=9)
    gov.run("allow")
    gov.run("use", "1.22.6")
    assert pin_file.read_text() == 'go = "1.22.6" # ours\n\n[env]\nAPP = "yes"\n'
    assert gov.run(*environment).stdout == "yes\n"
    pin_file.write_text(pin_file.read_text().replace("yes", "no"))
    gov.run("use", "1.24.13")
    gov.run(*environment, check=9)
