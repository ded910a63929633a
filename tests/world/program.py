# SPDX-License-Identifier: Apache-2.0
"""The gov binary in a private home, with a private environment and a time limit."""

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

_SYSTEM = ("/usr/bin", "/bin", "/usr/sbin", "/sbin")


@dataclass(frozen=True)
class Result:
    """How one run of gov ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


class Gov:
    """Runs one gov binary; everything it may read or write lies below `root`."""

    def __init__(self, binary: Path, root: Path) -> None:
        self.binary = binary
        self.root = root
        self.home = root / "home"
        self.govhome = root / "gov"
        self.project = root / "project"
        for directory in (self.home, self.project):
            directory.mkdir(parents=True)
        self.env = {
            "HOME": str(self.home),
            "PATH": _path_without_go(root / "bin"),
            "LANG": "C.UTF-8",
            "GOV_HOME": str(self.govhome),
            "XDG_CONFIG_HOME": str(root / "config"),
            "XDG_STATE_HOME": str(root / "state"),
            "XDG_CACHE_HOME": str(root / "cache"),
            "XDG_DATA_HOME": str(root / "data"),
        }
        # The go command's telemetry has a process of its own, which would outlive the test.
        telemetry = root / "config/go/telemetry/mode"
        telemetry.parent.mkdir(parents=True)
        telemetry.write_text("off")

    def run(
        self,
        *arguments: str,
        env: Optional[dict[str, Optional[str]]] = None,
        cwd: Optional[Path] = None,
        check: Optional[int] = 0,
        timeout: float = 60,
    ) -> Result:
        """Runs gov and waits; `check` is the exit code to insist on, None takes any.

        `env` is laid over the private environment; None as a value removes a variable.
        """
        started = self.start(*arguments, env=env, cwd=cwd)
        return self.finish(started, check=check, timeout=timeout)

    def start(
        self,
        *arguments: str,
        env: Optional[dict[str, Optional[str]]] = None,
        cwd: Optional[Path] = None,
    ) -> subprocess.Popen[str]:
        """Starts gov at the head of its own process group."""
        return subprocess.Popen(
            [self.binary, *arguments],
            env=self.environment(env),
            cwd=cwd or self.project,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="backslashreplace",
            start_new_session=True,
        )

    def finish(
        self, started: subprocess.Popen[str], check: Optional[int] = 0, timeout: float = 60
    ) -> Result:
        """Waits for a started gov; a run beyond its time limit is ended and is an error."""
        try:
            stdout, stderr = started.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            stdout, stderr = started.communicate()
            raise AssertionError(f"gov ran over {timeout} s; it said:\n{stderr}") from None
        result = Result(started.returncode, stdout, stderr)
        said = f"{started.args[1:]} ended with {result.code}\n{stdout}{stderr}"
        assert check is None or result.code == check, said
        return result

    def processes(self) -> list[int]:
        """The processes that were started with this home's root in their environment."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and str(self.root).encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def must_leave_no_process(self, seconds: float) -> None:
        """Fails where any of them is still there after that time."""
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert self.processes() == []

    def environment(self, changes: Optional[dict[str, Optional[str]]] = None) -> dict[str, str]:
        """The private environment with some variables changed, or removed by None."""
        merged = {**self.env, **(changes or {})}
        return {name: value for name, value in merged.items() if value is not None}

    def refuses(self, release: str, code: int, *reasons: str, **options: Any) -> Result:
        """Installs a release in vain: the exit code, the reason, and nothing left behind."""
        result = self.run("install", release, check=code, **options)
        for reason in reasons:
            assert reason in result.stderr, f"{reason!r} is not in:\n{result.stderr}"
        assert self.leftovers() == []
        return result

    def remove(self, release: str) -> None:
        """Uninstalls a release and forgets what gov keeps of it for a while."""
        self.run("uninstall", release)
        subprocess.run(["rm", "-rf", self.govhome / "trash"])

    def goroot(self, release: str) -> Path:
        return self.govhome / "versions" / release

    def make_up(self, release: str) -> Path:
        """The empty bin directory of a toolchain that counts as one that something proved."""
        write_receipt(self.govhome, release)
        directory = self.goroot(release) / "bin"
        directory.mkdir(parents=True)
        return directory

    def leftovers(self) -> list[str]:
        """What an install in vain must not leave: toolchains, receipts, anything unfinished."""
        return self._content("versions", "receipts") + self.unfinished()

    def unfinished(self) -> list[str]:
        """What stands where only a running gov may put something."""
        return self._content("staging", "trash")

    def _content(self, *folders: str) -> list[str]:
        return [str(path) for folder in folders for path in self.govhome.glob(f"{folder}/*")]


def write_receipt(govhome: Path, release: str) -> None:
    """What gov has beside a release that the download site's own SHA-256 proved."""
    file = govhome / "receipts" / f"{release}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    fields = ("os", "arch", "source", "url", "h1")
    receipt = {"version": release, "proved_by": "index", **dict.fromkeys(fields, "made up")}
    file.write_text(json.dumps(receipt))


def _path_without_go(farm: Path) -> str:
    """The system's directories; where one holds a go, a directory of links to all the rest."""
    if shutil.which("go", path=":".join(_SYSTEM)) is None:
        return ":".join(_SYSTEM)
    farm.mkdir(parents=True)
    for directory in map(Path, _SYSTEM):
        for command in directory.glob("*"):
            link = farm / command.name
            if command.name not in ("go", "gofmt") and not link.is_symlink():
                link.symlink_to(command)
    return str(farm)
