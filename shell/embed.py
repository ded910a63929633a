#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a C++ header that holds each given file's text: hook.bash as hook_bash.

tcsh has no comments in what it evaluates: its file loses them.
"""

import sys
from pathlib import Path

output, *sources = map(Path, sys.argv[1:])
lines = ["// Made from files of the tree by shell/embed.py.", "#pragma once", "#include <string_view>"]
for source in sources:
    text = source.read_text(encoding="ascii")
    assert ')text"' not in text
    if source.suffix == ".tcsh":
        text = "".join(line for line in text.splitlines(True) if not line.startswith("#"))
    name = source.name.replace(".", "_")
    lines.append(f'inline constexpr std::string_view {name} = R"text({text})text";')
output.write_text("\n".join(lines) + "\n", encoding="ascii")
