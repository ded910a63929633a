# SPDX-License-Identifier: Apache-2.0
"""What is made once a session and served to every test."""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Callable, Optional

from world import cache, mini, publish, releases, site
from world.log import NAME, Log, toolchain_key, toolchain_record
from world.recorder import NAME as PUBLIC_LOG
from world.recorder import Recorder
from world.releases import Release
from world.server import Server

# The download site has these; go1.22.7 stands for a release that only the proxy has.
_PACKED = ("go1.22.6", "go1.24.13")


class World:
    """The made-up release with the tests' own log, and, on demand, the genuine ones."""

    def __init__(self, directory: Path) -> None:
        self.mini = mini.release(directory)
        self.log = log_of(self.mini)

    @cached_property
    def genuine(self) -> dict[str, Release]:
        """The genuine releases by name; raises Unavailable where they cannot be had."""
        with ThreadPoolExecutor() as pool:
            made = pool.map(_genuine, releases.GENUINE)
            return {one.name: one for one in made}

    @cached_property
    def build_cache(self) -> Path:
        """A GOCACHE that survives test runs."""
        return cache.directory() / "go-build"

    def serve(self) -> Server:
        """A new server with the made-up release and the tests' own log; needs no network."""
        server = Server()
        server.routes.update(_routes([self.mini]))
        mount_log(server, self.log)
        return server

    def publish_genuine(self, server: Server) -> None:
        """Adds the genuine releases and the recorded public log to a server."""
        server.routes.update(self._genuine_routes)
        _mount(server, PUBLIC_LOG, Recorder().answer)

    @cached_property
    def _genuine_routes(self) -> publish.Routes:
        return _routes([self.mini, *self.genuine.values()])


def log_of(release: Release, size: int = 70_000, at: int = 300, **options) -> Log:
    """A log of the tests' own that holds the record of one release."""
    record = toolchain_record(release.name, release.h1)
    return Log({toolchain_key(release.name): record}, size, at, **options)


def mount_log(server: Server, log: Log) -> None:
    """Serves `log` behind the module proxy and at /sumdb/, in place of what was there."""
    _mount(server, NAME, log.answer)


def _routes(served: list[Release]) -> publish.Routes:
    return publish.proxy_routes(served) | publish.site_routes(served)


def _mount(server: Server, name: str, answer: Callable[[str], Optional[bytes]]) -> None:
    for prefix in ("/proxy/sumdb", "/sumdb"):
        server.mounts[f"{prefix}/{name}/"] = answer


def _genuine(name: str) -> Release:
    module_zip = releases.bring(name)
    tarball = site.tarball(name, module_zip) if name in _PACKED else None
    return Release(name, module_zip, tarball, releases.recorded_h1(module_zip))
