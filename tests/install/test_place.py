# SPDX-License-Identifier: Apache-2.0
"""Installs under odd umasks, locales and users give the same private tree."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from world import distpack, mini
from world.program import Gov

NAME = mini.NAME
SOURCES = ("proxy", "download")
_NOBODY = 65534


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_the_umask_changes_nothing(gov, world, source, umask):
    command = f'umask {umask} && exec "$0" install {NAME}'
    environment = gov.environment({"GOV_SOURCES": source})
    subprocess.run(["sh", "-c", command, gov.binary], env=environment, cwd=gov.project, check=True)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)
    modes = distpack.modes_of_directory(gov.govhome).values()
    assert not any(mode & 0o6022 for mode in modes)
    assert os.stat(gov.govhome).st_mode & 0o777 == 0o700


LOCALES = {
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    "none": {"LC_ALL": None, "LANG": None, "LC_CTYPE": None},
    "absent": {"LC_ALL": "en_US.ISO-8859-1"},
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_outside_ascii_in_any_locale(gov, world, source, locale):
    gov.run("install", NAME, env={"GOV_SOURCES": source, **LOCALES[locale]})
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)
    assert (gov.goroot(NAME) / "src/Þ/Þ.go").exists()


def test_a_genuine_tarball_in_the_c_locale(gov, genuine):
    release = genuine["go1.22.6"]
    gov.run("install", release.name, env={"GOV_SOURCES": "download", "LC_ALL": "C"})
    assert distpack.is_whole(release.name, gov.goroot(release.name), release.h1)


@pytest.fixture
def open_directory():
    """A directory that every user may enter; pytest's own are private."""
    path = Path(tempfile.mkdtemp(prefix="gov-tests-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("source", SOURCES)
def test_a_user_without_privileges_installs(gov, world, open_directory, source):
    theirs = Gov(shutil.copy(gov.binary, open_directory), open_directory / "theirs")
    subprocess.run(["chown", "-R", f"{_NOBODY}:{_NOBODY}", theirs.root], check=True)
    sources = {name: gov.env[name] for name in ("GOPROXY", "GOV_MIRROR", "GOSUMDB")}
    finished = subprocess.run(
        ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        + [theirs.binary, "install", NAME],
        env=theirs.environment({**sources, "GOV_SOURCES": source}),
        cwd=theirs.project,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    assert distpack.is_whole(NAME, theirs.goroot(NAME), world.mini.h1)
    assert {path.stat().st_uid for path in theirs.govhome.rglob("*")} == {_NOBODY}


def test_a_home_with_spaces_and_quotes(gov, world, directory):
    home = directory / "a 'home' \"of\" $mine"
    gov.run("install", NAME, env={"GOV_HOME": str(home)})
    assert distpack.is_whole(NAME, home / "versions" / NAME, world.mini.h1)


def test_without_gov_home_the_data_directory_is_taken(gov, world):
    gov.run("install", NAME, env={"GOV_HOME": None})
    assert distpack.is_whole(NAME, gov.root / "data/gov/versions" / NAME, world.mini.h1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written(gov):
    gov.govhome.mkdir(mode=0o500)
    gov.run("install", NAME, check=8)


def test_a_home_that_is_a_file(gov):
    gov.govhome.write_text("")
    result = gov.run("install", NAME, check=8)
    assert str(gov.govhome) in result.stderr and "gov: hint: " in result.stderr
