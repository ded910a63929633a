# SPDX-License-Identifier: Apache-2.0
"""gov cross inspect on programs of real Go releases, compared with what go and readelf say."""

import re
from pathlib import Path

import opinions
import pytest

from world.tiny import PINNED, Build

TARGETS = (
    "darwin/amd64",
    "darwin/arm64",
    "freebsd/amd64",
    "linux/386",
    "linux/amd64",
    "linux/arm",
    "linux/arm64",
    "linux/mips",
    "linux/s390x",
    "netbsd/arm64",
    "openbsd/amd64",
    "windows/386",
    "windows/amd64",
)
FORMATS = {"darwin": "macho", "windows": "pe"}

BUILDS = (
    *(Build(target) for target in TARGETS),
    Build("linux/amd64", flags=()),
    Build("linux/386", flags=()),
    Build("darwin/arm64", flags=()),
    Build("windows/386", flags=("-ldflags=-H=windowsgui",)),
    Build("linux/amd64", flags=("-buildmode=pie",)),
    Build("linux/amd64", release="local", flags=("-buildmode=pie", "-ldflags=-s -w")),
    Build("darwin/arm64", release="local"),
    Build("windows/386", release="local", flags=()),
)


@pytest.fixture(params=BUILDS, ids=str)
def built(request, sample):
    return request.param, sample(request.param)


def inspect(gov, file: Path) -> dict:
    (facts,) = gov.run("cross", "inspect", "--json", str(file)).json
    return facts


def test_target_and_build_information_are_those_that_go_tells(gov, built):
    how, file = built
    facts = inspect(gov, file)
    assert facts["format"] == FORMATS.get(how.os, "elf")
    assert f"{facts['os']}/{facts['arch']}" == how.target
    if how.release != "local":
        assert facts["build_info"]["go_version"] == how.release
    assert facts["build_info"]["settings"]["GOOS"] == how.os
    opinions.go_version_agrees(facts, file)


def test_elf_headers_are_those_that_readelf_tells(gov, built):
    how, file = built
    if how.os in FORMATS:
        pytest.skip("readelf reads ELF files only")
    opinions.readelf_agrees(inspect(gov, file), file)


def test_what_the_linker_was_told_is_seen(gov, sample):
    stripped = inspect(gov, sample(Build("darwin/arm64")))
    whole = inspect(gov, sample(Build("darwin/arm64", flags=())))
    assert (stripped["symbols"], stripped["debug_info"]) == (False, False)
    assert (whole["symbols"], whole["debug_info"]) == (True, True)
    window = inspect(gov, sample(Build("windows/386", flags=("-ldflags=-H=windowsgui",))))
    console = inspect(gov, sample(Build("windows/386")))
    assert (window["subsystem"], console["subsystem"]) == ("gui", "console")


def test_the_signature_of_a_darwin_program_is_checked_page_by_page(gov, sample, directory):
    program = sample(Build("darwin/arm64"))
    assert inspect(gov, program)["signature"]["valid"]
    changed = directory / "changed"
    content = bytearray(program.read_bytes())
    place = content.index(b"tiny")
    content[place] ^= 1
    changed.write_bytes(content)
    signature = inspect(gov, changed)["signature"]
    assert not signature["valid"]
    assert f"page {place // 4096} " in signature["problem"]


def test_a_cut_file_is_refused_and_the_others_are_still_read(gov, sample, directory):
    program = sample(Build("linux/amd64"))
    content = program.read_bytes()
    cut = directory / "cut"
    for length in (0, 3, 63, 1000, len(content) // 2, len(content) - 1):
        cut.write_bytes(content[:length])
        result = gov.run("cross", "inspect", "--json", str(cut), str(program), check=1)
        refused, read = result.json
        assert str(cut) in refused["error"]
        assert read["arch"] == "amd64"
        assert all(line.startswith("gov: ") for line in result.stderr.splitlines())


def test_what_is_no_program_is_named(gov, directory):
    script = directory / "script"
    script.write_text("#!/bin/sh\n")
    result = gov.run("cross", "inspect", str(script), str(directory / "missing"), check=1)
    assert "a script, not a program" in result.stderr
    assert "No such file or directory" in result.stderr


def test_people_get_a_line_for_each_fact(gov, sample):
    shown = gov.run("cross", "inspect", str(sample(Build("linux/amd64")))).stdout
    assert re.search(r"^  target +linux/amd64$", shown, re.MULTILINE)
    assert re.search(rf"^  Go +{PINNED}$", shown, re.MULTILINE)
    assert re.search(r"^  build +CGO_ENABLED=0$", shown, re.MULTILINE)
