# SPDX-License-Identifier: Apache-2.0
"""Shims: gov under the name of a tool."""

import os
import subprocess

import pytest

from test_commands import script_go


@pytest.fixture
def shims(home):
    """A directory of shims that a user asked for."""
    directory = home.root / "a bin"
    told = home.run("shims", "install", str(directory))
    assert told.stdout == f"{directory}\n"
    assert f"gov: put it first on PATH for what is to use it: PATH={directory}:$PATH" in told.stderr
    return directory


def call(home, shims, *words, cwd=None, env=None):
    return subprocess.run(
        [shims / "go", *words],
        cwd=cwd or home.root,
        env=home.environment(env),
        capture_output=True,
        text=True,
    )


def program(directory, text):
    """A go of somebody else's in the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "go").write_text(f"#!/bin/sh\n{text}\n")
    (directory / "go").chmod(0o755)
    return directory


def test_shims_are_links_to_gov_and_can_be_removed(home, shims):
    for name in ("go", "gofmt"):
        assert os.path.samefile(shims / name, home.binary)
    home.run("shims", "install", str(shims))  # again
    (shims / "other").write_text("")
    home.run("shims", "uninstall", str(shims))
    assert [path.name for path in shims.iterdir()] == ["other"]
    assert "has no shims of gov" in home.run("shims", "uninstall", str(shims)).stderr


def test_without_a_directory_they_stand_in_gov_s_own(home):
    assert home.run("shims", "install").stdout == f"{home.shims}\n"
    assert os.path.samefile(f"{home.shims}/gofmt", home.binary)


def test_what_is_not_gov_s_is_neither_replaced_nor_removed(home):
    directory = program(home.root / "theirs", "echo theirs")
    refused = home.run("shims", "install", str(directory), check=1)
    assert f"{directory}/go is there already and is no shim of gov" in refused.stderr
    assert not (directory / "gofmt").exists()
    home.run("shims", "uninstall", str(directory))
    assert (directory / "go").exists()


def test_a_plus_chooses_another_version(home, shims):
    project = home.project_on("1.22.6")
    for release in ("go1.22.6", "go1.24.13"):
        script_go(home, release, f'echo {release} "$@" "$GOROOT"')
    assert call(home, shims, "x", cwd=project).stdout == f"go1.22.6 x {home.goroot('go1.22.6')}\n"
    told = call(home, shims, "+1.24.13", "x", "+y", cwd=project)
    assert told.stdout == f"go1.24.13 x +y {home.goroot('go1.24.13')}\n"
    refused = call(home, shims, "+1.21.1", "x", cwd=project)
    assert refused.returncode == 127
    assert refused.stderr.startswith("gov: go1.21.1 is not installed; run: gov install")
    assert call(home, shims, "+nonsense").returncode == 125


def test_where_nothing_is_asked_for_the_next_go_on_path_runs(home, shims):
    theirs = program(home.root / "theirs", 'echo theirs "$@"')
    path = f"{shims}:{home.shims}:relative:{theirs}:{home.env['PATH']}"
    home.run("shims", "install")  # two directories of shims
    assert call(home, shims, "a b", env={"PATH": path}).stdout == "theirs a b\n"
    missing = home.project_on("1.21.1")
    told = call(home, shims, cwd=missing, env={"PATH": path})
    assert told.returncode == 127 and told.stdout == ""  # but never instead of a pinned one
    assert call(home, shims, env={"PATH": f"{shims}"}).returncode == 127


def test_programs_that_call_each_other_come_to_an_end(home, shims):
    back = program(home.root / "back", f'exec "{shims}/go" "$@"')
    told = call(home, shims, env={"PATH": f"{shims}:{back}:{home.env['PATH']}"})
    assert told.returncode == 125
    assert f"gov: {back}/go and gov call each other for ever; take one of them off PATH" in told.stderr


def test_a_deleted_directory_is_gov_s_own_failure(home, shims):
    gone = home.root / "gone"
    gone.mkdir()
    script = f'cd "{gone}" && rmdir "{gone}" && exec "{shims}/go" version'
    told = subprocess.run(["sh", "-c", script], env=home.env, capture_output=True, text=True)
    assert told.returncode == 125
    assert told.stderr == "gov: the current directory no longer exists; cd to another one\n"


@pytest.fixture
def automatic(gov):
    """A home whose user has asked for installing at the first go, and a project on the release."""
    config = gov.root / "config/gov/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("auto_install = true\n")
    (gov.project / ".gotoolchain.toml").write_text('go = "1.98.7"\n')
    return gov


def release_of(server_gov) -> str:
    listed = server_gov.run("list", "--remote").stdout.split()
    return [word for word in listed if word.startswith("go")][0]


def test_the_first_go_installs_where_the_user_wants_it(automatic):
    gov = automatic
    release = release_of(gov)
    (gov.project / ".gotoolchain.toml").write_text(f'go = "{release[2:]}"\n')
    told = gov.run("export", "sh", cwd=gov.project)  # a prompt installs nothing
    assert f"{release} is not installed" in told.stderr
    assert "; the first go command installs it" in told.stderr
    assert not gov.goroot(release).exists()
    shims = gov.govhome / "shims"
    done = subprocess.run(
        [shims / "go", "version"], cwd=gov.project, env=gov.env, capture_output=True, text=True
    )
    assert gov.goroot(release).exists(), done.stderr
    assert str(gov.goroot(release)) not in done.stdout  # what install prints is no tool's output
    assert done.returncode == 0
    assert all(line.startswith("gov: ") for line in done.stderr.splitlines())


def test_what_cannot_be_installed_fails_with_the_reason(automatic):
    gov = automatic
    gov.run("export", "sh", cwd=gov.project)
    done = subprocess.run(
        [gov.govhome / "shims/go", "version"],
        cwd=gov.project,
        env=gov.env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 127
    assert done.stdout == ""
    assert "go1.98.7 is not installed" in done.stderr.splitlines()[-1]
    assert len(done.stderr.splitlines()) > 1
