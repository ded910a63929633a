# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the tests with a shared build cache."""

import pytest

from world.build_cache import FaultyCache


@pytest.fixture
def shared():
    """A cache server whose faults the test sets."""
    server = FaultyCache()
    yield server
    server.close()


@pytest.fixture
def configure(gov):
    """Writes the user's config.toml."""

    def write(text: str) -> None:
        config = gov.root / "config/gov/config.toml"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(text)

    return write
