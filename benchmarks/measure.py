# SPDX-License-Identifier: Apache-2.0
"""One timed run of a command, and the medians of several."""

import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Optional

_HERE = Path(__file__).resolve().parent


class Failed(Exception):
    """A measured command did not do what is measured; the text is the reason."""


@dataclass(frozen=True)
class Command:
    """A command, its whole environment, and the file that is there after it worked.

    `prints_seconds`: it times itself and prints that, leaving out its own preparation.
    """

    arguments: list[str]
    environment: dict[str, str]
    directory: Path
    makes: Optional[Path] = None
    prints_seconds: bool = False


@dataclass(frozen=True)
class Run:
    """What one run cost; peak is the largest process of it, in MiB."""

    seconds: float
    cpu: float
    peak: float


@dataclass
class Row:
    """The runs of one contender, a run a round; a contender that failed once is out."""

    runs: list[Run] = field(default_factory=list)
    failure: str = ""

    @property
    def measured(self) -> bool:
        return bool(self.runs) and not self.failure

    @property
    def seconds(self) -> list[float]:
        return [run.seconds for run in self.runs]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        return max(run.peak for run in self.runs)


class Stopwatch:
    """Runs commands through the launcher, which is compiled here."""

    def __init__(self, directory: Path) -> None:
        self._launch = compiled("launch.cpp", directory, "-static")
        self._report = directory / "report"
        self._output = directory / "output"

    def run(self, command: Command) -> Run:
        """Runs and times a command; raises Failed with the end of what it said."""
        with open(self._output, "wb") as output:
            subprocess.run(
                [self._launch, self._report, *command.arguments],
                env=command.environment,
                cwd=command.directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=True,
            )
        wall, user, system, peak, code = map(int, self._report.read_text().split())
        said = self._output.read_text(errors="replace").strip()
        if code != 0 or (command.makes and not command.makes.exists()):
            name = Path(command.arguments[0]).name
            raise Failed(f"{name} ended with {code}: {said[-300:]}")
        seconds = float(said) if command.prints_seconds else wall / 1e9
        return Run(seconds, (user + system) / 1e6, peak / 1024)


def middle(runs: Iterable[Run]) -> Run:
    """Several short runs as one: the medians of their times, the largest peak."""
    listed = list(runs)
    seconds = statistics.median(run.seconds for run in listed)
    cpu = statistics.median(run.cpu for run in listed)
    return Run(seconds, cpu, max(run.peak for run in listed))


def compiled(source: str, directory: Path, *options: str) -> Path:
    """A program made from one C++ file of this folder; raises Failed where that cannot be."""
    program = directory / Path(source).stem
    command = ["g++", "-std=c++23", "-O2", _HERE / source, "-o", program, *options]
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode != 0:
        raise Failed(f"{source} does not compile: {finished.stderr[-300:]}")
    return program


def settle(directory: Path) -> None:
    """Lets the file system write what it owes, so that the next run does not pay for it."""
    subprocess.run(["sync", "-f", directory], check=True)
