# SPDX-License-Identifier: Apache-2.0
"""A program of one line, built by a real release in many ways, for those who read programs."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from world import releases

PINNED = "go1.22.6"
STRIPPED = ("-ldflags=-s -w",)
_MAIN = 'package main\n\nfunc main() { println("tiny") }\n'
_WITH_C = "package main\n\n// int one(void) { return 1; }\nimport \"C\"\n\n"
_WITH_C += "func main() { println(C.one()) }\n"


@dataclass(frozen=True)
class Build:
    """One way to build the sample; with a C compiler by cgo."""

    target: str
    release: str = PINNED
    flags: tuple[str, ...] = STRIPPED
    compiler: str = ""
    variant: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def os(self) -> str:
        return self.target.split("/")[0]

    def __str__(self) -> str:
        words = (self.release, self.target, *self.flags, self.compiler, *self.variant.values())
        return " ".join(word for word in words if word)


class Workshop:
    """Builds samples in a directory, each once."""

    def __init__(self, directory: Path, cache: Path) -> None:
        releases.bring(PINNED)
        self._cache = cache
        self._source = directory
        for name, text in (("plain", _MAIN), ("c", _WITH_C)):
            (directory / name).mkdir()
            (directory / name / "go.mod").write_text("module example.com/tiny\n\ngo 1.21\n")
            (directory / name / "main.go").write_text(text)

    def build(self, how: Build) -> Path:
        file = self._source / f"{how}".replace("/", "-").replace(" ", "_")
        if file.exists():
            return file
        goos, goarch = how.target.split("/")
        settings = {"GOENV": "off", "GOFLAGS": "", "GOTOOLCHAIN": how.release}
        settings |= {"GOCACHE": str(self._cache), "GOOS": goos, "GOARCH": goarch} | how.variant
        settings |= {"CGO_ENABLED": "1", "CC": how.compiler} if how.compiler else {"CGO_ENABLED": "0"}
        finished = subprocess.run(
            ["go", "build", "-trimpath", *how.flags, "-o", file, "."],
            **dict(cwd=self._source / ("c" if how.compiler else "plain"), text=True),
            **dict(env=os.environ | settings, capture_output=True),
        )
        assert finished.returncode == 0, f"{how}: {finished.stderr}"
        return file
