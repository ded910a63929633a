# SPDX-License-Identifier: Apache-2.0
"""A short form of tests/torture, which kills, crowds and starves real installs."""

import subprocess
import sys
from pathlib import Path

import pytest

TORTURE = Path(__file__).resolve().parent.parent / "torture"
UNAVAILABLE = 77


def run(binary, *options):
    """The table of one run."""
    ended = subprocess.run(
        [sys.executable, TORTURE, "--binary", binary, *options], capture_output=True, text=True
    )
    if ended.returncode == UNAVAILABLE:
        pytest.skip(ended.stderr.strip())
    print(ended.stdout + ended.stderr)
    return ended


def test_a_short_torture(binary):
    ended = run(binary, "3", "1", "--rounds", "1", "--racers", "8", "--sizes", "4")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "| 8 installs at once | 1 | 0 | 0 | 1 with 1 download |" in ended.stdout


def test_a_torture_that_finds_something_says_so(tmp_path):
    """A gov that lies about installing."""
    liar = tmp_path / "gov"
    liar.write_text(
        "#!/bin/sh\n"
        'root=$GOV_HOME/versions/go1.99.1\n'
        'case $1 in\n'
        'install) sleep 0.1; mkdir -p "$root/bin"; echo >"$root/bin/go" ;;\n'
        'uninstall) rm -rf "$root" ;;\n'
        "esac\n"
    )
    liar.chmod(0o755)
    options = ("--release", "go1.99.1", "--rounds", "1", "--racers", "2", "--sizes", "1")
    ended = run(liar, "2", "1", *options)
    assert ended.returncode == 1
    assert "visible and not whole" in ended.stderr


@pytest.mark.long
def test_a_longer_torture(binary):
    assert run(binary, "30").returncode == 0
