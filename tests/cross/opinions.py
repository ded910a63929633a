# SPDX-License-Identifier: Apache-2.0
"""What other readers of program files say of them, to compare gov's with."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

Facts = dict[str, Any]

_SETTING = re.compile(r'^\tbuild\t([^=]+)="?(.*?)"?$', re.MULTILINE)
_PROGRAM = Path(__file__).resolve().parent / "facts"


def run(*command: Any, **environment: str) -> str:
    finished = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert finished.returncode == 0, f"{command}: {finished.stderr}"
    return finished.stdout


def go_version_agrees(facts: Facts, file: Path) -> None:
    told = run("go", "version", "-m", file)
    info = facts["build_info"]
    assert told.splitlines()[0] == f"{file}: {info['go_version']}"
    assert f"\tpath\t{info['path']}\n" in told
    assert f"\tmod\t{info['main']['path']}\t{info['main']['version']}\t" in told
    assert info["settings"] == dict(_SETTING.findall(told))


def readelf_agrees(facts: Facts, file: Path) -> None:
    if shutil.which("readelf") is None:
        pytest.skip("there is no readelf")
    told = run("readelf", "--file-header", "--program-headers", "--sections", "-d", "-W", file)

    def header(name: str) -> str:
        return re.search(rf"^\s+{name}:\s+(.*)$", told, re.MULTILINE)[1]

    assert header("Class") == f"ELF{facts['bits']}"
    assert f"{facts['byte_order']} endian" in header("Data")
    kinds = {"executable": "EXEC", "pie": "DYN"}
    assert header("Type").startswith(kinds[facts["kind"]])
    interpreter = re.search(r"Requesting program interpreter: (.*)\]", told)
    assert facts["interpreter"] == (interpreter[1] if interpreter else None)
    assert facts["libraries"] == re.findall(r"\(NEEDED\)\s+Shared library: \[(.*)\]", told)
    assert facts["symbols"] == (" .symtab " in told)
    assert facts["debug_info"] == bool(re.search(r"\.z?debug_info ", told))
    versions = re.findall(r"Name: GLIBC_([\d.]+) ", run("readelf", "--version-info", "-W", file))
    newest = max(versions, key=lambda text: [int(part) for part in text.split(".")], default=None)
    assert facts["glibc_floor"] == newest


def objdump_agrees(facts: Facts, file: Path) -> None:
    if shutil.which("llvm-objdump") is None:
        pytest.skip("there is no llvm-objdump")
    if facts["format"] == "macho":
        told = run("llvm-objdump", "--macho", "--private-headers", file)
        assert facts["uuid"] == ("cmd LC_UUID" in told)
        assert (facts["signature"] is not None) == ("cmd LC_CODE_SIGNATURE" in told)
        dylibs = re.findall(r"cmd LC_LOAD_DYLIB\n.*\n\s+name (\S+) \(", told)
        assert facts["libraries"] == dylibs
        oldest = re.search(r"(?:cmd LC_VERSION_MIN_MACOSX\n.*\n\s+version|minos) (\S+)\n", told)
        assert facts["minimum_os"] == oldest[1]
        return
    told = run("llvm-objdump", "--private-headers", file)
    if facts["format"] == "elf":
        assert facts["libraries"] == re.findall(r"^\s+NEEDED\s+(\S+)$", told, re.MULTILINE)
        stack = re.search(r"STACK off .*\n.*flags (\S+)", told)
        assert facts["executable_stack"] == bool(stack and "x" in stack[1])
    else:
        assert facts["libraries"] == re.findall(r"DLL Name: (\S+)", told)
        windows = {"gui": "(Windows GUI)", "console": "(Windows CUI)"}[facts["subsystem"]]
        assert windows in told or "Subsystem" not in told
        assert f"file format coff-{'x86-64' if facts['arch'] == 'amd64' else 'i386'}" in told


def build_reader(directory: Path) -> Path:
    """The program that prints what Go's own packages debug/elf, macho and pe find."""
    program = directory / "facts"
    settings = {"GOENV": "off", "GOFLAGS": "", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
    run("go", "build", "-C", _PROGRAM, "-buildvcs=false", "-o", program, ".", **settings)
    return program


def go_packages_agree(all_facts: list[Facts], files: list[Path], reader: Path) -> None:
    for facts, told in zip(all_facts, json.loads(run(reader, *files)), strict=True):
        info = facts["build_info"]
        assert told.pop("go_version") == info["go_version"]
        assert (told.pop("goos"), told.pop("goarch")) == (facts["os"], facts["arch"])
        _same(told, facts)


def _same(told: Facts, facts: Facts) -> None:
    slices = told.pop("slices", [])
    for one, other in zip(slices, facts.get("slices", []), strict=True):
        _same(one, other)
    assert told == {name: facts[name] for name in told}
