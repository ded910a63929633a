# SPDX-License-Identifier: Apache-2.0
"""gov's version type against Go's own go/version package."""

import itertools
import random
import shutil
import subprocess
from pathlib import Path

import pytest

_PROGRAM = """
package main

import (
	"bufio"
	"fmt"
	"go/version"
	"os"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		a, b, _ := strings.Cut(lines.Text(), "\\t")
		valid := 0
		if version.IsValid(a) {
			valid = 1
		}
		fmt.Println(version.Compare(a, b), valid, version.Lang(a))
	}
}
"""

# Before and after 1.21, with every kind of prerelease, suffixes, and what is nearly a version.
_TABLE = (
    "go1 go1.0 go1.0.0 go1.2 go1.2.2 go1.3beta1 go1.3rc1 go1.3 go1.9 go1.9.2 go1.10 go1.20beta1 "
    "go1.20rc1 go1.20rc2 go1.20 go1.20.0 go1.20.1 go1.20.14 go1.21 go1.21alpha1 go1.21beta1 "
    "go1.21rc1 go1.21rc10 go1.21rc2 go1.21.0 go1.21.1 go1.21.13 go1.22 go1.22.6 go1.22.10 go2 "
    "go2.0 go2.0.0 go10.1 go1.22.3-bigcorp go1.22-devel_33aff0e5 go1.28-devel go1.20-x go1.22.3- "
    "go1.9.2rc2 go1.022 go01.22 go1.22.06 go1..22 go1.22. go.1 go1.22.6.1 go1.22rc go1.22rc01 "
    "go1.22gamma1 go1.22.6rc1 go gogo1.22 GO1.22 1.22 v1.22 go1.22+x go1.22_x go1.x go-1.22 "
    "go1.21rc1-custom go1.99999999999999 go1.21rc99999999 go1.0rc1 go1rc1 go1beta2 go0 go0.1"
).split()


def _made_up(count: int) -> list[str]:
    chance = random.Random(121)
    numbers = ("0", "1", "2", "9", "10", "19", "20", "21", "22", "100", "007", "")
    kinds = ("", "", "", "rc", "beta", "alpha", "gamma", ".")
    names = []
    for _ in range(count):
        name = "go" + ".".join(chance.choice(numbers) for _ in range(chance.randint(1, 4)))
        name += chance.choice(kinds) + chance.choice(numbers)
        names.append(name + chance.choice(("", "", "", "-custom", "-", "+x")))
    return names


def _answers(command: list[str], lines: str, **options) -> list[str]:
    told = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, **options)
    return [line.rstrip() for line in told.stdout.splitlines()]


def test_versions_parse_and_compare_as_go_has_it(binary: Path, directory: Path):
    ours = binary.parent.parent / "tests/unit/toolchain/answer_versions"
    if not ours.exists():
        pytest.skip("this gov was not built with its tests")
    if shutil.which("go") is None:
        pytest.skip("there is no go on PATH to compare with")
    names = _made_up(20_000)
    pairs = [*itertools.product(_TABLE, repeat=2), *zip(names, names[1:])]
    lines = "".join(f"{a}\t{b}\n" for a, b in pairs)
    (directory / "main.go").write_text(_PROGRAM)
    (directory / "go.mod").write_text("module answers\n\ngo 1.22\n")
    subprocess.run(["go", "build", "-o", "answers", "."], cwd=directory, check=True)
    theirs = _answers([str(directory / "answers")], lines)
    for pair, answer, expected in zip(pairs, _answers([str(ours)], lines), theirs, strict=True):
        assert answer == expected, f"{pair}: gov says {answer!r}, Go says {expected!r}"
