# SPDX-License-Identifier: Apache-2.0
"""mandoc has no warning for the manual pages."""

import shutil
import subprocess

import tree

if __name__ == "__main__":
    if shutil.which("mandoc") is None:
        tree.skip("mandoc is not installed")
    pages = sorted(path.relative_to(tree.ROOT) for path in (tree.ROOT / "man").glob("*.[1-9]"))
    assert pages
    checked = subprocess.run(
        ["mandoc", "-Tlint", "-W", "warning", *pages], cwd=tree.ROOT, capture_output=True, text=True
    )
    tree.finish((checked.stdout + checked.stderr).splitlines(), "mdoc(7) explains the macros")
