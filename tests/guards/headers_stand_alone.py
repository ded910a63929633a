# SPDX-License-Identifier: Apache-2.0
"""Every header compiles without anything included before it.

usage: headers_stand_alone.py BUILD_DIRECTORY

A header that its own .cpp includes first is compiled alone by every build; the others are here.
"""

import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator, Optional

import tree


def is_first_in_its_source(header: Path) -> bool:
    source = header.with_suffix(".cpp")
    own = f'"{header.relative_to(tree.SRC)}"'
    return source.exists() and next((name for _, name in tree.includes(source)), "") == own


def compiler_call(build: Path) -> list[str]:
    """The compiler and the options that gov's files are compiled with, without input and output."""
    commands = json.loads((build / "compile_commands.json").read_text())
    words: list[str] = []
    for entry in commands:
        if "/src/commands/" in str(Path(build, entry["file"]).resolve()):
            words = shlex.split(entry["command"])
            break
    kept = [word for word in words if word.startswith(("-I", "-D", "-isystem", "-std", "-pthread"))]
    compiler = next(word for word in words if not word.endswith("ccache"))
    return [compiler, *kept, "-I", str(tree.SRC), "-fsyntax-only", "-x", "c++"]


def failure(call: list[str], build: Path, header: Path) -> Optional[str]:
    done = subprocess.run([*call, header], cwd=build, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    reason = next((line for line in done.stderr.splitlines() if "error:" in line), done.stderr)
    return f"{tree.place(header)}: {reason}"


def broken(build: Path) -> Iterator[str]:
    call = compiler_call(build)
    alone = [header for header in tree.sources(".hpp") if not is_first_in_its_source(header)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from filter(None, pool.map(lambda header: failure(call, build, header), alone))


if __name__ == "__main__":
    tree.finish(
        broken(Path(sys.argv[1])),
        "include in the header what it uses; a .cpp includes its own header first",
    )
