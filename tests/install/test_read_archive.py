# SPDX-License-Identifier: Apache-2.0
"""The process that reads an archive: what it is given, and what becomes of its failures."""

import shutil
import subprocess

import pytest

from world import mini


def read(gov, archive: bytes, *words: str) -> subprocess.CompletedProcess:
    """`gov read-archive` by itself, its members thrown away."""
    return subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" read-archive "$@" 3>/dev/null', gov.binary, *words],
        input=archive,
        capture_output=True,
        env={},
    )


def test_it_says_on_standard_output_why_an_archive_is_refused(gov):
    finished = read(gov, b"no archive", "1")
    assert finished.returncode == 3
    assert finished.stdout.startswith(b"the compressed data is damaged")
    assert finished.stderr == b""


def test_it_reads_a_whole_archive_without_any_environment(gov, world):
    finished = read(gov, world.mini.tarball.read_bytes(), "1")
    assert (finished.returncode, finished.stdout) == (0, b"")


def test_it_is_for_gov_alone(gov):
    finished = read(gov, b"", "many")
    assert finished.returncode == 2
    assert b"for gov alone" in finished.stderr


def test_it_is_given_nothing_but_the_archive_and_pipes(gov, world, directory):
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine")
    log = directory / "strace"
    traced = subprocess.run(
        ["strace", "-f", "-v", "-s", "300", "-e", "trace=execve,openat,unlinkat,mkdirat,connect"]
        + ["-o", log, gov.binary, "install", mini.NAME],
        env={**gov.environment(), "GOV_SOURCES": "download", "SECRET": "of this test"},
        capture_output=True,
        text=True,
    )
    if "ptrace" in traced.stderr:
        pytest.skip("tracing is not allowed here")
    assert traced.returncode == 0, traced.stderr
    lines = log.read_text().splitlines()
    started = [line for line in lines if '"read-archive"' in line and "execve(" in line]
    assert len(started) == 1 and "SECRET" not in started[0] and "HOME" not in started[0]
    child = started[0].split()[0]
    after = lines[lines.index(started[0]) + 1 :]
    calls = [line.split(maxsplit=1)[1] for line in after if line.split()[0] == child]
    opened = [call for call in calls if call.startswith("openat(")]
    assert opened and not any("O_WRONLY" in call or "O_RDWR" in call for call in opened)
    assert str(directory) not in " ".join(opened)
    assert not any(call.startswith(("unlinkat(", "mkdirat(", "connect(")) for call in calls)
