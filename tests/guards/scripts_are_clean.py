# SPDX-License-Identifier: Apache-2.0
"""shellcheck has nothing to say about the shell scripts."""

import shutil
import subprocess
from pathlib import Path

import tree

FOLDERS = ("shell", "scripts", "completions", ".ci")


def is_for_bash(path: Path) -> bool:
    first_line = path.read_text().partition("\n")[0]
    return path.suffix == ".bash" or (first_line.startswith("#!") and "sh" in first_line)


if __name__ == "__main__":
    if shutil.which("shellcheck") is None:
        tree.skip("shellcheck is not installed")
    scripts = sorted(
        path
        for folder in FOLDERS
        for path in (tree.ROOT / folder).glob("*")
        if path.is_file() and is_for_bash(path)
    )
    assert scripts
    checked = subprocess.run(
        ["shellcheck", "--format=gcc", *(path.relative_to(tree.ROOT) for path in scripts)],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
    )
    said = (checked.stdout + checked.stderr).splitlines()
    tree.finish(said, "the wiki of shellcheck explains each number")
