# SPDX-License-Identifier: Apache-2.0
"""The commands that a prompt runs, or that people run all day, open no heavy library.

usage: prompt_opens_no_heavy_library.py GOV
"""

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterator

import tree

HEAVY = re.compile(r'"[^"]*/(lib(?:archive|crypto|curl|isal|ssl|z)\.so[^"]*)"[^=]*= \d')
LIGHT = (
    *("hook bash", "hook zsh", "hook fish", "export bash", "export zsh", "export fish"),
    *("current", "current --json", "list", "list --json", "list --long", "default", "which"),
    *("env", "env --gov", "env --json", "exec -- true", "complete -- ''", "complete -- use ''"),
    *("use 1.22.6", "help", "--version", "install --help", "install --frob", "frob"),
)


def home_with_project(root: Path) -> tuple[dict[str, str], Path]:
    """An environment with an installed toolchain that is no Go, and a project that pins it."""
    go = root / "gov/versions/go1.22.6/bin/go"
    go.parent.mkdir(parents=True)
    shutil.copy("/bin/true", go)
    (root / "gov/receipts").mkdir()
    (root / "gov/receipts/go1.22.6.json").touch()
    project = root / "project"
    project.mkdir()
    (project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    (project / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (root / "gov/default").write_text("go1.22.6\n")
    environment = {"HOME": str(root), "GOV_HOME": str(root / "gov"), "PATH": "/usr/bin:/bin"}
    nowhere = "file:///nonexistent"
    return {**environment, "GOSUMDB": f"sum.golang.org {nowhere}", "GOV_MIRROR": nowhere}, project


def opened(gov: str, words: list[str], environment: dict[str, str], directory: Path) -> list[str]:
    """The heavy libraries that gov opens."""
    with tempfile.NamedTemporaryFile() as trace:
        call = ["strace", "-f", "-e", "trace=open,openat", "-o", trace.name, gov, *words]
        subprocess.run(call, env=environment, cwd=directory, capture_output=True)
        return HEAVY.findall(trace.read().decode())


def broken(gov: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        environment, project = home_with_project(Path(name))
        if not opened(gov, ["install", "go1.22.7"], environment, project):
            yield "gov install opens no heavy library: does this guard still see what is opened?"
        for where, directory in (("in a project", project), ("outside", Path(name))):
            for line in LIGHT:
                for library in opened(gov, shlex.split(line), environment, directory):
                    yield f"gov {line} opens {library} {where}"


if __name__ == "__main__":
    if shutil.which("strace") is None:
        tree.skip("strace is not installed")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        tree.skip("strace may not trace here")
    tree.finish(
        broken(str(Path(sys.argv[1]).resolve())),
        "open libraries behind a function-local static that only commands with heavy work reach",
    )
