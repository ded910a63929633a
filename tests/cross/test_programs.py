# SPDX-License-Identifier: Apache-2.0
"""Programs of others are built for the default targets, proved, and the same from two directories."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from world import releases

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks/programs"
# The first two of the benchmark; it builds all of them, each with two empty caches.
PROGRAMS = {"gofumpt": "mvdan.cc/gofumpt@v0.7.0", "gojq": "github.com/itchyny/gojq@v0.12.16"}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_of_others_is_proved_and_the_same_from_elsewhere(
    gov, installed, world, directory, name
):
    installed("go1.22.6")
    try:
        releases._go("mod", "download", PROGRAMS[name], GOTOOLCHAIN="local", GOFLAGS="-mod=mod")
    except releases.Unavailable as reason:
        pytest.skip(f"no modules of others: {reason}")
    settings = {key: releases.go_env(key) for key in ("GOPROXY", "GOSUMDB", "GOMODCACHE")}
    words = ("--binary", gov.binary, "--only", name, "--directory", directory)
    finished = subprocess.run(
        [sys.executable, BENCHMARK, *words, "--first-cache", world.build_cache],
        **dict(env=gov.environment(settings | {"PATH": os.environ["PATH"]})),
        **dict(capture_output=True, text=True, timeout=900),
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "| 3 |" in finished.stdout and "| verified, identical |" in finished.stdout
