# SPDX-License-Identifier: Apache-2.0
"""Small modules of our own in the GOPROXY protocol, for the go command to download."""

import io
import json
import zipfile
from typing import Mapping

from world.publish import Routes

Files = Mapping[str, str]


def routes(module: str, versions: Mapping[str, Files]) -> Routes:
    """A module's versions below /proxy/; each has a go.mod among its files."""
    base = f"/proxy/{module}/@v"
    served: Routes = {f"{base}/list": "".join(f"{version}\n" for version in versions).encode()}
    for version, files in versions.items():
        info = {"Version": version, "Time": "2026-01-02T03:04:05Z"}
        served[f"{base}/{version}.info"] = json.dumps(info).encode()
        served[f"{base}/{version}.mod"] = files["go.mod"].encode()
        served[f"{base}/{version}.zip"] = _zip(f"{module}@{version}", files)
    return served


def _zip(prefix: str, files: Files) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{prefix}/{name}", text)
    return output.getvalue()
