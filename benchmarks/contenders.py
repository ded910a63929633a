# SPDX-License-Identifier: Apache-2.0
"""Who installs go1.22.6 from loopback: gov and its peers, each pointed at the same bytes."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from measure import Command

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from world import distpack  # noqa: E402
from world.program import Gov  # noqa: E402
from world.server import Server  # noqa: E402
from world.world import World  # noqa: E402

RELEASE = "go1.22.6"
NEXT_PATCH = "go1.22.7"
_PLAIN = RELEASE.removeprefix("go")
_SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
_NOWHERE = "http://127.0.0.1:9"  # nothing listens: what a peer wants from outside fails at once


@dataclass(frozen=True)
class Site:
    """Where everybody gets the release, and the archives themselves."""

    world: World
    server: Server  # module proxy, public log as recorded, download site
    mirror: Server  # the same tarball as other version managers expect a mirror to look

    @property
    def tarball(self) -> Path:
        found = self.world.genuine[RELEASE].tarball
        assert found is not None
        return found

    @property
    def module_zip(self) -> Path:
        return self.world.genuine[RELEASE].module_zip


def open_site(directory: Path) -> Site:
    """Starts both servers; raises world.releases.Unavailable without the genuine releases."""
    world = World(directory)
    server, mirror = world.serve(), Server()
    world.publish_genuine(server)
    site = Site(world, server, mirror)
    name = distpack.tarball_name(RELEASE)
    listing = f'<html><body><pre><a href="{name}">{name}</a></pre></body></html>'
    mirror.routes = {
        "/go/": listing.encode(),
        f"/go/{name}": site.tarball,
        f"/go/{name}.sha256": distpack.file_digest(site.tarball).encode(),
    }
    return site


class Subject:
    """gov in a home of its own, with what it can be asked to do there."""

    def __init__(self, binary: Path, site: Site, folder: Path, source: str) -> None:
        self.gov = Gov(binary, folder)
        self.gov.env |= {
            "GOPROXY": f"{site.server.url}/proxy",
            "GOV_MIRROR": f"{site.server.url}/dl",
            "GOSUMDB": "sum.golang.org",
            "GOV_SOURCES": source,
        }

    def command(self, *words: str, makes: Optional[Path] = None) -> Command:
        arguments = [str(self.gov.binary), *words]
        return Command(arguments, self.gov.environment(), self.gov.project, makes)

    def install(self, release: str = RELEASE) -> Command:
        return self.command("install", release, makes=self.gov.goroot(release) / "bin/go")


def _private(folder: Path, **changes: str) -> dict[str, str]:
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    environment = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": _SYSTEM_PATH}
    return {**environment, "HTTPS_PROXY": _NOWHERE, **changes}


def tar(site: Site, folder: Path) -> Command:
    """GNU tar alone: no download, no proof, no sync."""
    environment = _private(folder)
    arguments = ["tar", "-xzf", str(site.tarball), "-C", str(folder)]
    return Command(arguments, environment, folder, folder / "go/bin/go")


def go_switch(site: Site, folder: Path) -> Command:
    """The go command fetching a toolchain for itself, with an empty module cache."""
    environment = _private(
        folder,
        GOENV="off",
        GOFLAGS="-modcacherw",
        GOPATH=str(folder / "gopath"),
        GOPROXY=f"{site.server.url}/proxy",
        GOSUMDB="sum.golang.org",
        GOTOOLCHAIN=RELEASE,
    )
    module = f"{distpack.MODULE}@{distpack.module_version(RELEASE)}"
    makes = folder / "gopath/pkg/mod" / module / "bin/go"
    return Command([_program("go"), "version"], environment, folder, makes)


def mise(site: Site, folder: Path, program: Path) -> Command:
    """mise without its version host; it lists versions from a repository of tags."""
    folders = {
        f"MISE_{name}_DIR": str(folder / name.lower())
        for name in ("DATA", "CACHE", "CONFIG", "STATE")
    }
    environment = _private(
        folder,
        **folders,
        MISE_GO_DOWNLOAD_MIRROR=f"{site.mirror.url}/go",
        MISE_GO_REPO=f"file://{_tags(folder / 'tags.git')}",
        MISE_USE_VERSIONS_HOST="0",
        MISE_USE_VERSIONS_HOST_TRACK="0",
        MISE_YES="1",
    )
    makes = folder / "data/installs/go" / _PLAIN / "bin/go"
    return Command([str(program), "install", f"go@{_PLAIN}"], environment, folder, makes)


def g(site: Site, folder: Path) -> Command:
    """voidint/g, given a mirror that is a plain directory listing."""
    environment = _private(
        folder,
        G_EXPERIMENTAL="true",
        G_HOME=str(folder / "g"),
        G_MIRROR=f"autoindex|{site.mirror.url}/go/",
    )
    makes = folder / "g/versions" / _PLAIN / "bin/go"
    return Command([_program("g"), "install", _PLAIN], environment, folder, makes)


def goenv(site: Site, folder: Path) -> Command:
    """goenv 2, given a definition with the hash of this tarball."""
    definitions = folder / "definitions"
    definitions.mkdir(parents=True)
    name = distpack.tarball_name(RELEASE)
    digest = hashlib.sha256(site.tarball.read_bytes()).hexdigest()
    (definitions / _PLAIN).write_text(f'install_linux_64bit "Go {_PLAIN}" "{name}#{digest}"\n')
    environment = _private(
        folder,
        GOENV_ROOT=str(folder / "goenv"),
        GO_BUILD_DEFINITIONS=str(definitions),
        GO_BUILD_MIRROR_URL=f"{site.mirror.url}/go",
        GO_BUILD_ROOT=str(definitions),
    )
    makes = folder / "goenv/versions" / _PLAIN / "bin/go"
    return Command([_program("goenv"), "install", _PLAIN], environment, folder, makes)


def mise_from_npm(directory: Path) -> Path:
    """The mise program for this machine, installed by npm into `directory`."""
    machine = {"x86_64": "x64", "aarch64": "arm64"}[os.uname().machine]
    package = f"@jdxcode/mise-linux-{machine}"
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    subprocess.run(["npm", "install", "--prefix", directory, *quiet, package], check=True)
    return directory / "node_modules" / package / "bin/mise"


def _tags(repository: Path) -> Path:
    """A bare repository with the tag of the release, made from nothing."""

    def git(*words: str, text: str = "") -> str:
        roles, parts = ("AUTHOR", "COMMITTER"), ("NAME", "EMAIL")
        who = {f"GIT_{role}_{part}": "nobody" for role in roles for part in parts}
        environment = {"PATH": _SYSTEM_PATH, "HOME": str(repository), **who}
        command = ["git", "-C", repository, *words]
        options = {"env": environment, "input": text, "text": True, "check": True}
        return subprocess.run(command, stdout=subprocess.PIPE, **options).stdout.strip()

    repository.mkdir(parents=True)
    git("init", "--quiet", "--bare")
    commit = git("commit-tree", "-m", "empty", git("mktree"))
    git("update-ref", f"refs/tags/{RELEASE}", commit)
    return repository


def _program(name: str) -> str:
    return shutil.which(name) or name
