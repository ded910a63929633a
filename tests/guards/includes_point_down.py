# SPDX-License-Identifier: Apache-2.0
"""A layer includes itself and layers below it; activation and download never see each other."""

from typing import Iterator

import tree

GENERATED = {'"hook_texts.hpp"', '"starter_texts.hpp"'}  # made by the build from files
STRANGERS = {("activation", "download"), ("download", "activation")}
LAYERS = tree.layers()


def is_allowed(includer: str, included: str) -> bool:
    if included not in LAYERS:
        return False
    if includer not in LAYERS:  # main.cpp, which stands above all layers
        return included == LAYERS[-1]
    below = LAYERS.index(included) <= LAYERS.index(includer)
    return below and (includer, included) not in STRANGERS


def broken() -> Iterator[str]:
    for source in tree.sources(".cpp", ".hpp"):
        includer = source.relative_to(tree.SRC).parts[0]
        for line, name in tree.includes(source):
            if name[0] == "<" or name in GENERATED:
                continue
            path = name.strip('"')
            included = path.split("/")[0]
            if not is_allowed(includer, included):
                yield f"{tree.place(source, line)}: {includer} must not include {name}"
            elif not (tree.SRC / path).is_file():
                yield f"{tree.place(source, line)}: there is no src/{path}"


if __name__ == "__main__":
    tree.finish(
        broken(),
        f"the layers, lowest first, are {', '.join(LAYERS)}, and includes are written from src/ "
        "on; move what is needed down, or pass it in from above",
    )
