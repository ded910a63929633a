# SPDX-License-Identifier: Apache-2.0
"""What processes cost from start to end: short commands, the hook's question, shims, and shells."""

import os
import re
import shutil
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from measure import Failed
from shells import DEPTHS, VERSION, mise_settings

# What an empty shim does: nothing but becoming the tool, built as gov is.
_EMPTY_SHIM = """
#include <string>
#include <unistd.h>
int main(int, char** argv) {
    const std::string tool = "@TOOL@";
    execv(tool.c_str(), argv);
    return 127;
}
"""
_BUILT_LIKE_GOV = ("-O2", "-std=c++20", "-fPIE", "-pie", "-static-libstdc++", "-static-libgcc")


@dataclass(frozen=True)
class Start:
    """A command, and the directory that it is started in."""

    words: list[str]
    directory: Path


class Starts:
    """The times of each command in microseconds, gathered round by round in an order that rotates."""

    def __init__(self, root: Path, gov: Path, goroot: Path, mise: Optional[Path]) -> None:
        self.root, self.gov, self.goroot = root, gov, goroot
        self.times: dict[str, list[float]] = defaultdict(list)
        self.environment = {
            "HOME": str(root / "home"),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "GOV_HOME": str(root / "gov"),
            "XDG_STATE_HOME": str(root / "state"),
            "GOROOT": str(goroot),
            "GOTOOLCHAIN": "local",
            "GOTELEMETRY": "off",
            **mise_settings(root),
        }
        self.commands = {**self._short_commands(), **self._shims(mise), **self._shell_starts()}

    def round(self, number: int) -> None:
        """One run of everything; round 0 warms up and is not kept."""
        names = list(self.commands)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            took = self._run(self.commands[name])
            if number > 0:
                self.times[name].append(took)

    def system_calls(self, name: str) -> Optional[int]:
        """How many it makes, exec itself among them; None where strace may not run."""
        trace = self.root / "trace"
        start = self.commands[name]
        try:
            done = subprocess.run(
                ["strace", "-o", trace, *start.words],
                cwd=start.directory,
                env={**self.environment, "PWD": str(start.directory)},
                capture_output=True,
            )
        except FileNotFoundError:
            return None
        lines = trace.read_text(errors="replace").splitlines() if done.returncode == 0 else []
        return len([line for line in lines if not line.startswith("+++")]) or None

    def instructions(self, name: str) -> Optional[int]:
        """What callgrind counts in all of the process, the dynamic loader among it."""
        start, report = self.commands[name], self.root / "callgrind"
        words = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={report}", *start.words]
        environment = {**self.environment, "PWD": str(start.directory)}
        done = subprocess.run(
            words, cwd=start.directory, env=environment, capture_output=True, text=True
        )
        found = re.search(r"Collected : (\d+)", done.stderr)
        return int(found[1]) if found else None

    def _short_commands(self) -> dict[str, Start]:
        deep = (self.root / "at-3").resolve()
        commands = {"/bin/true": Start(["/bin/true"], deep)}
        for words in ("--version", "list", "current", "complete -- in"):
            commands[f"gov {words}"] = Start([str(self.gov), *words.split()], deep)
        for depth in DEPTHS:
            place = (self.root / f"at-{depth}").resolve()
            name = f"gov export bash, depth {depth}"
            commands[name] = Start([str(self.gov), "export", "bash"], place)
        return commands

    def _shims(self, mise: Optional[Path]) -> dict[str, Start]:
        """go version directly, through gov's shim, through one that is empty, and through mise's."""
        places = self.root / "bin"
        tool, project = self.goroot / "bin/go", self.root / "p3"
        (places / "go").symlink_to(self.gov)
        source, empty = self.root / "empty.cpp", places / "empty"
        source.write_text(_EMPTY_SHIM.replace("@TOOL@", str(tool)))
        subprocess.run(["c++", *_BUILT_LIKE_GOV, "-o", empty, source], check=True)
        commands = {
            "go version": Start([str(tool), "version"], project),
            "go version, empty shim": Start([str(empty), "version"], project),
            "go version, gov's shim": Start([str(places / "go"), "version"], project),
        }
        if mise:
            (places / "mise").mkdir()
            (places / "mise/go").symlink_to(mise)
            commands["go version, mise's shim"] = Start([str(places / "mise/go"), "version"], project)
        return commands

    def _shell_starts(self) -> dict[str, Start]:
        """A bash that sources the file of gov setup, and one that sources nothing."""
        hook, bash = self.root / "home/hook.bash", str(shutil.which("bash"))
        printed = subprocess.run(
            [self.gov, "hook", "bash"], env=self.environment, capture_output=True, check=True
        )
        hook.write_bytes(printed.stdout)
        return {
            "bash -c :": Start([bash, "-c", ":"], self.root / "home"),
            "bash with gov setup's file": Start([bash, "-c", f". {hook}"], self.root / "home"),
        }

    def _run(self, start: Start) -> float:
        """Microseconds from the start of the command to its end."""
        os.chdir(start.directory)
        nowhere = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_WRONLY, 0) for fd in (1, 2)]
        environment = {**self.environment, "PWD": str(start.directory)}
        begin = time.perf_counter_ns()
        child = os.posix_spawn(start.words[0], start.words, environment, file_actions=nowhere)
        _, status = os.waitpid(child, 0)
        took = (time.perf_counter_ns() - begin) / 1000
        if status != 0:
            raise Failed(f"{' '.join(start.words)} ended with {status}")
        return took


def prepare_home(root: Path, binary: Path) -> tuple[Path, Path]:
    """A home in which the go on PATH is installed for gov and for mise, whatever its version; the
    copy of gov that is measured, and the GOROOT that both give."""
    found = subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, check=True)
    real = Path(found.stdout.strip())
    goroot = root / f"gov/versions/go{VERSION}"
    receipt = root / f"gov/receipts/go{VERSION}.json"
    installs = root / f"mise/data/installs/go/{VERSION}"
    for path in (goroot, receipt, installs, root / "home/x", root / "bin/x"):
        path.parent.mkdir(parents=True)
    goroot.symlink_to(real)
    installs.symlink_to(real)
    receipt.touch()
    shutil.copy(binary, root / "bin/gov")
    return root / "bin/gov", goroot
