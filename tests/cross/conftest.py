# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the tests that read programs."""

from pathlib import Path
from typing import Callable

import pytest

from world import releases
from world.tiny import Build, Workshop
from world.world import World


@pytest.fixture(scope="session")
def sample(world: World, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Build], Path]:
    """Builds the sample in one of its ways; what stands in it is only what every program needs."""
    try:
        return Workshop(tmp_path_factory.mktemp("tiny"), world.build_cache).build
    except releases.Unavailable as reason:
        pytest.skip(f"no genuine releases: {reason}")
