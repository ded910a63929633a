# SPDX-License-Identifier: Apache-2.0
"""gov needs the C library and nothing else to start.

usage: needs_only_libc.py GOV
"""

import re
import shutil
import subprocess
import sys

import tree

ALLOWED = re.compile(r"libc\.so\.6|libm\.so\.6|ld-linux[-a-z0-9_]*\.so\.[12]")

if __name__ == "__main__":
    if shutil.which("readelf") is None:
        tree.skip("readelf is not installed (binutils)")
    call = ["readelf", "-dW", sys.argv[1]]
    dynamic = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic)
    assert needed, f"readelf names nothing that {sys.argv[1]} needs"
    tree.finish(
        (f"{sys.argv[1]} needs {name}" for name in needed if not ALLOWED.fullmatch(name)),
        "take the library's headers alone (partial_dependency in meson.build) and open the library "
        "on first use (base/lazy_library.hpp)",
    )
