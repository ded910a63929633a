# SPDX-License-Identifier: Apache-2.0
"""The C++ sources are as clang-format 19 writes them."""

import re
import shutil
import subprocess

import tree

if __name__ == "__main__":
    if shutil.which("clang-format-19") is None:
        tree.skip("clang-format-19 is not installed")
    files = [
        path
        for folder in ("src", "tests")
        for path in (tree.ROOT / folder).rglob("*")
        if path.suffix in (".cpp", ".hpp")
    ]
    checked = subprocess.run(
        ["clang-format-19", "--dry-run", *files], capture_output=True, text=True, check=True
    )
    places = re.findall(rf"^{re.escape(str(tree.ROOT))}/(.+?:\d+):\d+: ", checked.stderr, re.M)
    tree.finish(sorted(set(places)), "clang-format-19 -i FILE")
