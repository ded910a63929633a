# SPDX-License-Identifier: Apache-2.0
"""gov cross verify and gov cross diff: one changed byte of a real program gives its rule."""

import os
import struct
import subprocess
from pathlib import Path

import pytest

from world import releases

RELEASE = "go1.22.6"
TARGETS = (
    "linux/amd64",
    "linux/arm64",
    "darwin/amd64",
    "darwin/arm64",
    "windows/amd64",
    "windows/386",
    "windows/arm64",
    "aix/ppc64",
    "plan9/amd64",
    "js/wasm",
    "wasip1/wasm",
)


@pytest.fixture(scope="session")
def tiny(world, tmp_path_factory):
    """Builds a program of a few lines for a target."""
    try:
        releases.bring(RELEASE)
    except releases.Unavailable as reason:
        pytest.skip(f"no genuine releases: {reason}")
    source = tmp_path_factory.mktemp("verify")
    (source / "go.mod").write_text("module example.com/tiny\n\ngo 1.21\n")
    (source / "main.go").write_text('package main\n\nfunc main() { println("tiny") }\n')

    def build(target: str, *flags: str) -> Path:
        goos, goarch = target.split("/")
        file = source / "-".join((goos, goarch, *flags)).replace("=", "").replace(" ", "")
        if not file.exists():
            settings = {"GOENV": "off", "GOFLAGS": "", "GOTOOLCHAIN": RELEASE, "CGO_ENABLED": "0"}
            settings |= {"GOCACHE": str(world.build_cache), "GOOS": goos, "GOARCH": goarch}
            words = ["go", "build", "-trimpath", *(flags or ["-ldflags=-s -w"]), "-o", file, "."]
            subprocess.run(words, cwd=source, env=os.environ | settings, check=True)
        return file

    return build


def rules(gov, file: Path, *options: str, check: int = 3) -> list[str]:
    result = gov.run("cross", "verify", "--json", *options, str(file), check=check)
    (verification,) = result.json
    refused = [finding for finding in verification["findings"] if finding["level"] == "error"]
    return [finding["rule"] for finding in refused if finding["rule"] != "uuid"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_program_is_what_it_says(gov, tiny, target):
    file = tiny(target)
    missing_uuid = 3 if target.startswith("darwin/") else 0
    options = ("--target", target, "--go", RELEASE, "--static") if "wasm" in target else ()
    assert rules(gov, file, *options, check=missing_uuid) == []
    shown = gov.run("cross", "verify", str(file), check=missing_uuid)
    assert f" {target} " in shown.stdout


def place_of_machine(content: bytes) -> int:
    if content.startswith(b"\x7fELF"):
        return 18
    if content.startswith(b"MZ"):
        return struct.unpack_from("<I", content, 0x3C)[0] + 4
    return 4  # of Mach-O


def flipped(content: bytes, place: int, bits: int = 1) -> bytes:
    changed = bytearray(content)
    changed[place] ^= bits
    return bytes(changed)


@pytest.mark.parametrize("target", TARGETS[:7])
def test_one_changed_byte_gives_its_rule(gov, tiny, target, directory):
    content = tiny(target).read_bytes()
    information = content.index(b"\xff Go buildinf:")
    version = content.index(RELEASE.encode(), information)
    changes = {
        "machine": flipped(content, place_of_machine(content), 0x40),
        "read": flipped(content, 0),
        "go-version": flipped(content, version + 7),
        "build-info": flipped(content, information),
        "target": flipped(content, content.index(b"GOOS=", information) + 5, 0x10),
        "trimpath": flipped(content, content.index(b"-trimpath=true", information) + 10, 0x10),
        "cgo": flipped(content, content.index(b"CGO_ENABLED=0", information) + 12),
    }
    if content.startswith(b"\x7fELF"):
        changes["class"] = flipped(content, 4, 3)
    file = directory / "changed"
    for rule, changed in changes.items():
        file.write_bytes(changed)
        found = rules(gov, file, "--target", target, "--go", RELEASE, "--trimpath", "--no-cgo")
        if rule == "class":  # then nothing behind it stands where it should
            assert found in (["read"], ["machine", "build-info"])
        else:
            assert rule in found, rule
    if target == "darwin/arm64":
        file.write_bytes(flipped(content, 3 * 4096 + 5))
        assert rules(gov, file) == ["signature"]


def test_what_is_asked_for_is_checked(gov, tiny):
    linux, windows = tiny("linux/amd64"), tiny("windows/386")
    assert rules(gov, linux, "--target", "linux/arm64") == ["machine", "target"]
    assert rules(gov, linux, "--revision", "abc") == ["revision"]
    assert rules(gov, linux, "--size-max", "1000") == ["size"]
    assert rules(gov, windows, "--subsystem", "gui") == ["subsystem"]
    window = tiny("windows/386", "-ldflags=-H=windowsgui")
    assert rules(gov, window, "--subsystem", "gui", check=0) == []
    assert rules(gov, window, "--no-debug-info") == ["no-debug-info"]


def test_a_directory_is_checked_as_a_whole(gov, tiny, directory):
    folder = directory / "some"
    (folder / "below").mkdir(parents=True)
    (folder / "good").write_bytes(tiny("linux/amd64").read_bytes())
    (folder / "below/cut").write_bytes(tiny("linux/amd64").read_bytes()[:5000])
    (folder / "notes.txt").write_text("no program\n")
    result = gov.run("cross", "verify", str(folder), check=3)
    assert "refused   -                " in result.stdout
    assert "at offset" in result.stdout
    assert "1 of 2 files refused" in result.stderr


def test_misuse_is_named(gov, tiny):
    file = str(tiny("linux/amd64"))
    for words in (["--size-max", "x"], ["--target", "linux"], ["--subsystem", "tui"], ["--go", "x"]):
        gov.run("cross", "verify", *words, file, check=2)


def test_a_difference_is_told_by_section(gov, tiny, directory):
    file = tiny("linux/amd64")
    content = file.read_bytes()
    other = directory / "other"
    other.write_bytes(flipped(content, content.index(b"tiny\n") if b"tiny\n" in content else 9000))
    assert gov.run("cross", "diff", str(file), str(file)).stdout == "no difference\n"
    result = gov.run("cross", "diff", "--json", str(file), str(other), check=1)
    (region,) = result.json["regions"]
    assert region["bytes"] == 1 and region["name"].startswith(".")
    told = subprocess.run(["cmp", "-l", file, other], capture_output=True, text=True).stdout
    assert region["offsets"] == [int(told.split()[0]) - 1] * 2
    stripped = gov.run("cross", "diff", str(tiny("windows/386")), str(file), check=1).stdout
    assert "os: windows | linux" in stripped
