# SPDX-License-Identifier: Apache-2.0
"""A run's results as Markdown: its circumstances, the bars, and the times they come from."""

import datetime
import os
import platform
import subprocess
from pathlib import Path
from typing import Optional

from bars import Bar, Results, limit
from measure import Row


class Circumstances:
    """What a reader needs to judge a run; made when the run begins, told when it ended."""

    def __init__(
        self, repository: Path, binary: Path, directory: Path, rounds: int, mise: Optional[Path]
    ) -> None:
        self._repository = repository
        self._built = binary.stat().st_mtime
        self._directory = directory
        self._rounds = rounds
        self._mise = mise
        self._load = os.getloadavg()[0]
        self._ticks = _ticks()
        self._commit = self._checked_out()

    def lines(self) -> list[str]:
        cores, user = os.cpu_count(), "root" if os.geteuid() == 0 else "a user"
        system = f"{cores} cores, Linux {platform.release()}, {self._file_system()}"
        spent = {name: now - self._ticks[name] for name, now in _ticks().items()}
        stolen = 100 * spent["steal"] / max(1, spent["all"])
        load = f"{self._load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end"
        steal = f"{stolen:.0f} % of processor time went to other virtual machines"
        return [
            f"Date: {datetime.date.today().isoformat()}",
            f"Commit: {self._commit}",
            f"Machine: {system}; run as {user}",
            f"Load: {load}; niceness {os.nice(0)}; {steal}",
            f"Rounds: {self._rounds}, interleaved, after one that warmed up",
            f"Peers: {', '.join(self._versions())}",
        ]

    def _checked_out(self) -> str:
        """The commit checked out, and whether the binary may have been built from anything else."""
        commit = self._said("git", "rev-parse", "--short", "HEAD")
        if self._said("git", "status", "--porcelain", "--", "src"):
            commit += ", with uncommitted changes below src"
        sources = (self._repository / "src").rglob("*.?pp")
        if any(source.stat().st_mtime > self._built for source in sources):
            commit += ", by a gov older than some of its sources"
        return commit

    def _file_system(self) -> str:
        return self._said("findmnt", "-n", "-o", "FSTYPE", "-T", str(self._directory))

    def _versions(self) -> list[str]:
        said = [self._said("tar", "--version").splitlines()[0], self._said("go", "version")]
        if self._mise:
            version = self._said(str(self._mise), "--version").splitlines()
            numbers = (line.split()[0] for line in version if line[:1].isdigit())
            said.append(f"mise {next(numbers, 'of unknown version')}")
        return said

    def _said(self, *command: str) -> str:
        private = {**os.environ, "MISE_OFFLINE": "1"}
        finished = subprocess.run(
            command, cwd=self._repository, env=private, capture_output=True, text=True
        )
        return finished.stdout.strip()


def markdown(results: Results, bars: list[Bar], circumstances: list[str]) -> str:
    limits = ((one, limit(results, f"inflate {one}")) for one in ("tarball", "zip"))
    named = ", ".join(f"of the {one} `{row}`" for one, row in limits)
    return "\n".join(
        [
            "# Installing go1.22.6: one run of benchmarks/install",
            "",
            *(f"- {line}" for line in circumstances),
            "",
            "`benchmarks/README.md` says what each number means. A ratio is one of medians; "
            f"the range is that of single rounds. The limit is {named}.",
            "",
            "| bar | at most | found | range | the limit | |",
            "|---|--:|--:|--:|--:|---|",
            *map(bar_row, bars),
            "",
            "| run | median s | least s | most s | processor s | peak MiB |",
            "|---|--:|--:|--:|--:|--:|",
            *(_row(name, row) for name, row in results.rows.items()),
            "",
        ]
    )


def bar_row(bar: Bar) -> str:
    """One line of a table of bars."""
    verdict = {True: "met", False: "**not met**", None: bar.skipped}[bar.met]
    if bar.met is False and bar.out_of_reach:
        verdict += ", nor would the limit"
    found, limit = (
        "" if one is None else f"{_short(one)}{bar.unit}" for one in (bar.found, bar.limit)
    )
    most = f"{_short(bar.most)}{bar.unit}"
    return f"| {bar.what} | {most} | {found} | {bar.spread} | {limit} | {verdict} |"


def _row(name: str, row: Row) -> str:
    if not row.measured:
        return f"| {name} | {row.failure.splitlines()[0][:80] if row.failure else '-'} | | | | |"
    least, most = min(row.seconds), max(row.seconds)
    times = " | ".join(_seconds(one) for one in (row.median, least, most, row.cpu))
    return f"| {name} | {times} | {row.peak:.0f} |"


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value >= 0.1 else f"{value:.4f}"


def _short(value: float) -> str:
    """Three significant digits without an exponent."""
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def _ticks() -> dict[str, int]:
    """Processor time since the machine started: all of it, and what the hypervisor took."""
    numbers = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:]]
    return {"all": sum(numbers[:8]), "steal": numbers[7]}
