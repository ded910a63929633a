# SPDX-License-Identifier: Apache-2.0
"""The process that reads an archive: what it is given, and what becomes of its failures."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from world import distpack, faults, mini


# A whole archive, a file for memory, and for the one stream, pipes that nobody answers at.
ALONE = 'slots=$1; shift; exec "$0" read-archive "$@" 3</dev/null 4<>"$slots" 5>/dev/null 6</dev/zero'


def read(gov, archive: bytes, *words: str) -> subprocess.CompletedProcess:
    """`gov read-archive` by itself, its members thrown away."""
    slots = gov.root / "slots"
    slots.write_bytes(bytes(2 << 20))
    return subprocess.run(
        ["/bin/sh", "-c", ALONE, gov.binary, slots, *words],
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


def test_it_is_given_nothing_but_the_archive_pipes_and_memory(gov, world, directory):
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


RELEASE = "go1.22.6"


@pytest.fixture
def arriving(gov, genuine, server):
    """An install from a slow site, of which some files have been unpacked already."""
    server.fault("*.tar.gz", faults.drip(6_000_000))
    started = gov.start("install", RELEASE, env={"GOV_SOURCES": "download"})
    staging = gov.govhome / "staging"
    until = time.monotonic() + 20
    while not list(staging.glob("*/bin/go")) and time.monotonic() < until:
        time.sleep(0.02)
    assert list(staging.glob("*/bin/go")) and not list(staging.glob("*/src/*"))
    yield started
    if started.poll() is None:
        os.killpg(started.pid, signal.SIGKILL)
        started.communicate()


def reader_of(started: subprocess.Popen) -> int:
    """The process that reads the archive for a running gov."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[1]) == started.pid:
            return int(stat.parent.name)
    raise AssertionError("gov has no child")


def test_a_tarball_is_unpacked_while_it_is_downloaded(gov, arriving):
    assert not gov.goroot(RELEASE).exists()
    assert gov.finish(arriving).code == 0
    gov.run("verify", RELEASE)


def test_a_reader_that_is_killed_ends_the_install_and_nothing_stays(gov, arriving):
    os.kill(reader_of(arriving), signal.SIGSEGV)
    result = gov.finish(arriving, check=3, timeout=10)
    assert "reading the archive ended with signal 11" in result.stderr
    assert gov.unfinished() == [] and not gov.goroot(RELEASE).exists()


def test_a_reader_ends_with_the_gov_it_reads_for(arriving):
    reader = reader_of(arriving)
    os.kill(arriving.pid, signal.SIGKILL)
    arriving.communicate()
    until = time.monotonic() + 10
    while Path(f"/proc/{reader}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{reader}").exists()


def test_what_a_source_left_that_broke_off_is_not_in_the_toolchain(gov, genuine, server):
    server.fault("*.tar.gz", faults.cut(40_000_000))
    result = gov.run("install", RELEASE, env={"GOV_SOURCES": "download,proxy"}, timeout=60)
    assert "came from proxy" in result.stderr and "download" in result.stderr
    gov.run("verify", RELEASE)
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)


def test_an_archive_that_changes_midway_is_unpacked_from_its_new_start(gov, genuine, server):
    """The second half comes as a whole new answer, as from a site that has been updated."""
    answers = []

    def change(reply):
        answers.append(reply.asked_for)
        if len(answers) == 1:
            reply.end = 40_000_000
            reply.headers["ETag"] = '"of the old file"'

    server.fault("*.tar.gz", change)
    gov.run("install", RELEASE, env={"GOV_SOURCES": "download"}, timeout=60)
    assert len(answers) == 2 and answers[1].startswith("bytes=")
    assert distpack.is_whole(RELEASE, gov.goroot(RELEASE), genuine[RELEASE].h1)
