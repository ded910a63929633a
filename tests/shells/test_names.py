# SPDX-License-Identifier: Apache-2.0
"""Directories of any name: nothing in a name is ever run, and the shell follows the pin there."""

import pytest

HOSTILE = [
    *("a b", " lead", "trail ", "-n", "--", "-rf", "'", "''", '"', "`", "$(touch PWN)", "`touch PWN`"),
    *("${IFS}", "$HOME", "!!", "!ls", "~", "~root", "*", "?", "[a]", "{a,b}", "#x", "=ls", "%n", "a:b"),
    *("%F{red}%(?.a.b)", "\\", "\\\\", "a\\", "a'b", "\\'; touch PWN; \\'", "x' ; touch PWN #", ";end"),
    *("’; touch PWN; ’", '";touch PWN;"', "a;b", "a|b", "a&b", "a<b", "a>b", "(x)", "a\nb", "\n", "\t"),
    *("a\n\n", "\r", "\x1b]0;x\x07", "\x1b[2J", "é", "e\u0301", "🌈", "\u202egpj.exe", "A" * 255, "="),
    *(",", "@", "+", "^", "hook", "\udcff\udcfe", "a\udc80b", "\udc9b31m", "go.mod\n"),
]


def walk_to(shell, directory) -> None:
    """Goes there without typing the name: the shell reads it from a file."""
    file = shell.files / "directory"
    file.write_bytes(str(directory).encode("utf-8", "surrogateescape") + b"\0")
    if shell.name == "fish":
        shell.do(f"read -z target < {file}; cd $target")
    else:
        shell.do(f"IFS= read -r -d '' target < {file}; cd -- \"$target\"")


def test_pins_are_followed_in_directories_of_any_name(home, start):
    shell = start()
    for hostile in HOSTILE:
        outer = home.root / "names" / hostile
        project = home.project_on("1.22.6", f"names/{hostile}/{hostile}")
        missing = home.project_on("1.21.1", f"names/{hostile}/missing")
        walk_to(shell, project)
        assert shell.value("GOROOT") == str(home.goroot("go1.22.6")), repr(hostile)
        walk_to(shell, missing)
        assert shell.value("PATH").startswith(home.shims + ":"), repr(hostile)
        walk_to(shell, outer)
        assert shell.value("GOV_STATE") is None, repr(hostile)
    assert not list(home.root.rglob("PWN"))


def test_what_is_said_of_a_hostile_directory_cannot_steer_the_terminal(home, start):
    shell = start()
    project = home.project_on("1.21.1", "\x1b[2J\u202e\udc9b31m\n")
    walk_to(shell, project)
    (project / ".gotoolchain.toml").write_text('go = "\\u001b[2J"\n')
    text = shell.do("").text
    assert "is not a Go version" in text
    assert "\x1b[2J" not in text and "\u202e" not in text and "\udc9b" not in text


@pytest.mark.parametrize("hostile", ("a b", "it's", "$(touch PWN)", '"', "\\", "é", "\udcff", "*"))
def test_gov_and_its_home_may_have_any_name_that_fits_into_path(home, start, hostile):
    inside = home.root / hostile
    inside.mkdir()
    program = inside / "gov"
    program.symlink_to(home.binary)
    home.govhome.rename(inside / "home")
    home.govhome = inside / "home"
    home.env |= {"GOV_HOME": str(home.govhome), "PATH": f"{inside}:{home.env['PATH']}"}
    shell = start()
    shell.cd(home.project_on("1.22.6"))
    assert shell.value("GOROOT") == str(home.goroot("go1.22.6"))
    assert shell.value("PATH").split(":")[0] == home.bin("go1.22.6")
    shell.cd(home.project_on("1.21.1"))
    assert shell.value("PATH").split(":")[0] == home.shims
    shell.cd("/")
    assert shell.value("PATH") == home.env["PATH"]
    assert not list(home.root.rglob("PWN"))


@pytest.mark.parametrize("hostile", ("a:b", "a\nb"))
def test_a_home_that_does_not_fit_into_path_is_said(home, start, hostile):
    home.govhome.rename(home.root / hostile)
    home.env["GOV_HOME"] = str(home.root / hostile)
    shell = start()
    said = shell.cd(home.project_on("1.22.6")).said
    assert "cannot stand on PATH" in said[0]
    assert shell.value("PATH") == home.env["PATH"]
