# SPDX-License-Identifier: Apache-2.0
"""The paths under which releases are served: a module proxy and a download site.

A dictionary of routes becomes a part of a server, or a tree of files for a file:// address.
"""

import json
from pathlib import Path
from typing import Iterable

from world import distpack, site
from world.log import Log
from world.releases import Release
from world.server import Body

Routes = dict[str, Body]


def proxy_routes(releases: Iterable[Release]) -> Routes:
    """The module golang.org/toolchain in the GOPROXY protocol, below /proxy/."""
    base = f"/proxy/{distpack.MODULE}/@v"
    versions = {distpack.module_version(one.name): one for one in releases}
    routes: Routes = {f"{base}/list": "".join(f"{one}\n" for one in versions).encode()}
    for version, one in versions.items():
        info = {"Version": version, "Time": "2026-01-02T03:04:05Z"}
        routes[f"{base}/{version}.info"] = json.dumps(info).encode()
        routes[f"{base}/{version}.mod"] = f"module {distpack.MODULE}\n".encode()
        routes[zip_path(one.name)] = one.module_zip
    return routes


def site_routes(releases: Iterable[Release]) -> Routes:
    """The download site, below /dl/."""
    packed = [one for one in releases if one.tarball]
    routes: Routes = {tarball_path(one.name): one.tarball for one in packed}
    return {INDEX_PATH: site.encoded(site.index(packed)), **routes}


def log_routes(log: Log) -> Routes:
    """A checksum database behind the module proxy, as a static copy."""
    return {f"/proxy/sumdb/{log.signer.name}/{path}": data for path, data in log.files().items()}


INDEX_PATH = "/dl/"


def zip_path(release: str) -> str:
    return f"/proxy/{distpack.MODULE}/@v/{distpack.module_version(release)}.zip"


def tarball_path(release: str) -> str:
    return f"/dl/{distpack.tarball_name(release)}"


def write_tree(directory: Path, routes: Routes) -> None:
    """Writes routes as plain files, for use under a file:// address."""
    for path, body in routes.items():
        place = directory / (path + "index.json" if path.endswith("/") else path).strip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body if isinstance(body, bytes) else body.read_bytes())
