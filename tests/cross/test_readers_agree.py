# SPDX-License-Identifier: Apache-2.0
"""gov cross inspect agrees with every other reader at hand, on programs built in many ways."""

import itertools
import shutil

import opinions
import pytest

from world.tiny import PINNED, STRIPPED, Build

FIRST_CLASS = (
    "darwin/amd64",
    "darwin/arm64",
    "linux/386",
    "linux/amd64",
    "linux/arm",
    "linux/arm64",
    "windows/386",
    "windows/amd64",
)
# Go's own linker makes these position independent; for the other pairs it takes C's.
PIE = ("darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/386", "windows/amd64")
GUI = ("-ldflags=-H=windowsgui",)
FLAGS = (STRIPPED, (), ("-ldflags=-w",))
RELEASES = (PINNED, "local")

EVERY = (
    *(Build(*how) for how in itertools.product(FIRST_CLASS, RELEASES, FLAGS)),
    *(Build(target, release, ("-buildmode=pie",)) for target in PIE for release in RELEASES),
    *(Build(target, flags=GUI) for target in FIRST_CLASS if target.startswith("windows/")),
    Build("linux/amd64", variant={"GOAMD64": "v3"}),
    Build("linux/arm", variant={"GOARM": "5"}),
)
WITH_C = (
    Build("linux/amd64", compiler="gcc"),
    Build("linux/amd64", flags=(), compiler="gcc"),
    Build("linux/amd64", flags=("-buildmode=pie",), compiler="gcc"),
    Build("windows/386", compiler="i686-w64-mingw32-gcc"),
    Build("windows/386", flags=(), compiler="i686-w64-mingw32-gcc"),
    Build("windows/amd64", compiler="x86_64-w64-mingw32-gcc"),
    Build("linux/arm64", compiler="aarch64-linux-gnu-gcc"),
)
FEW = (
    *(Build(target) for target in FIRST_CLASS),
    Build("linux/amd64", flags=("-buildmode=pie",)),
    *WITH_C[:1],
)


@pytest.fixture(scope="session")
def reader(tmp_path_factory):
    return opinions.build_reader(tmp_path_factory.mktemp("reader"))


def all_agree(gov, reader, files) -> None:
    """Each of the readers has the same opinion of each file."""
    everything = gov.run("cross", "inspect", "--json", *map(str, files)).json
    opinions.go_packages_agree(everything, files, reader)
    for facts, file in zip(everything, files, strict=True):
        opinions.go_version_agrees(facts, file)
        opinions.objdump_agrees(facts, file)
        if facts["format"] == "elf":
            opinions.readelf_agrees(facts, file)


def can_be_built(how: Build) -> bool:
    return not how.compiler or shutil.which(how.compiler) is not None


def test_all_readers_agree_on_a_program_of_each_first_class_pair(gov, sample, reader):
    all_agree(gov, reader, [sample(how) for how in FEW if can_be_built(how)])


def universal(directory, arm, intel):
    """A universal file, written by LLVM's lipo rather than by gov."""
    names = ("llvm-lipo", "llvm-lipo-19", "llvm-lipo-14")
    lipo = next(filter(shutil.which, names), None)
    if lipo is None:
        pytest.skip("there is no llvm-lipo")
    file = directory / "universal"
    opinions.run(lipo, "-create", intel, arm, "-output", file)
    return file


def with_certificate(directory, program):
    """A Windows program with an Authenticode signature."""
    key, certificate, file = (directory / name for name in ("key.pem", "own.pem", "signed.exe"))
    words = ["-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=tests", "-days", "2"]
    opinions.run("openssl", "req", *words, "-keyout", key, "-out", certificate)
    pair = ("-certs", certificate, "-key", key)
    opinions.run("osslsigncode", "sign", *pair, "-in", program, "-out", file)
    return file


@pytest.mark.long
def test_all_readers_agree_on_sixty_programs(gov, sample, reader, directory):
    files = [sample(how) for how in EVERY]
    assert len(files) >= 60
    files += [sample(how) for how in WITH_C if can_be_built(how)]
    all_agree(gov, reader, files)


@pytest.mark.parametrize("target", ["windows/386", "windows/amd64"])
def test_all_readers_agree_on_a_signed_program(gov, sample, reader, directory, target):
    if shutil.which("osslsigncode") is None:
        pytest.skip("there is no osslsigncode")
    file = with_certificate(directory, sample(Build(target)))
    (facts,) = gov.run("cross", "inspect", "--json", str(file)).json
    assert facts["authenticode"]
    all_agree(gov, reader, [file])


def test_all_readers_agree_on_a_universal_program(gov, sample, reader, directory):
    parts = [sample(Build(f"darwin/{arch}")) for arch in ("arm64", "amd64")]
    file = universal(directory, *parts)
    (facts,) = gov.run("cross", "inspect", "--json", str(file)).json
    assert [part["arch"] for part in facts["slices"]] == ["amd64", "arm64"]
    opinions.go_packages_agree([facts], [file], reader)
    alone = gov.run("cross", "inspect", "--json", *map(str, reversed(parts))).json
    for part, other in zip(facts["slices"], alone, strict=True):
        assert part == {name: other[name] for name in part}
