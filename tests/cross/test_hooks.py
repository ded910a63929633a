# SPDX-License-Identifier: Apache-2.0
"""What of a project's own runs around a cross build: hooks, and go generate."""

import json
import os
import signal
import time

import pytest

MAIN = 'package main\n\nvar made = "none"\n\nfunc main() { println(made) }\n'
HEAD = 'go = "1.22.6"\n[cross]\ntargets = ["linux/amd64"]\n'


class Project:
    def __init__(self, gov) -> None:
        self.gov, self.directory = gov, gov.project
        (self.directory / "go.mod").write_text("module example.com/hello\n\ngo 1.21\n")
        (self.directory / "main.go").write_text(MAIN)

    def has(self, table: str) -> None:
        (self.directory / ".gotoolchain.toml").write_text(HEAD + table)
        self.gov.run("allow")

    def build(self, *words: str, **changes):
        return self.gov.run("cross", "build", *words, timeout=300, **changes)

    def read(self, name: str) -> str:
        return (self.directory / name).read_text()


@pytest.fixture
def project(gov, installed):
    installed("go1.22.6")
    return Project(gov)


def test_hooks_run_in_their_order_and_are_told_what_is_built(project):
    say = 'echo {} "$GOV_CROSS_TARGET" "$GOV_CROSS_NAME" "$GOV_CROSS_VERSION" >> said'
    project.has(
        'version = "v7"\n[cross.hooks]\n'
        + "".join(
            f"{kind} = {json.dumps([say.format(kind)])}\n"
            for kind in ("after", "after_target", "before_target", "before")
        )
    )
    project.build()
    name = "linux/amd64 hello-linux-amd64"
    assert project.read("said").splitlines() == [
        "before   v7",
        f"before_target {name} v7",
        f"after_target {name} v7",
        "after   v7",
    ]
    shown = project.gov.run("cross", "plan").stdout
    assert shown.count("echo before ") == 1 and "after_target" in shown
    assert len(project.read("said").splitlines()) == 4


def test_hooks_see_the_fixed_environment_and_the_directories_of_the_project(project):
    tools = project.directory / "tools"
    tools.mkdir()
    (tools / "maker").write_text('#!/bin/sh\necho "$GOFLAGS|$CGO_ENABLED|$FROM|$SECRET" > made\n')
    (tools / "maker").chmod(0o755)
    project.has('env = { FROM = "table" }\n[cross.hooks]\nbefore = "maker; go version >> made"\n')
    with open(project.directory / ".gotoolchain.toml", "a") as file:
        file.write('[path]\nprepend = ["tools"]\n')
    project.gov.run("allow")
    project.build(env={"GOFLAGS": "-nonsense", "SECRET": "s"})
    first, second = project.read("made").splitlines()
    assert first == "|0|table|"
    assert second.startswith("go version go1.22.6 ")


def test_what_a_hook_makes_of_an_artifact_is_proved_again(project):
    add = "printf more >> \"$GOV_CROSS_FILE\""
    project.has(f"[cross.hooks]\nafter_target = {json.dumps(add)}\n")
    (artifact,) = json.loads(project.build("--json").stdout)["artifacts"]
    file = project.directory / artifact["file"]
    assert file.read_bytes().endswith(b"more")
    assert artifact["size"] == file.stat().st_size
    spoil = "printf nothing > \"$GOV_CROSS_FILE\""
    project.has(f"[cross.hooks]\nafter_target = {json.dumps(spoil)}\n")
    result = project.build("--json", check=3)
    (artifact,) = json.loads(result.stdout)["artifacts"]
    assert artifact["result"] == "refused"


def test_a_hook_that_fails_ends_the_build_with_its_words(project):
    project.build("linux/amd64")
    before = (project.directory / "dist/hello-linux-amd64").read_bytes()
    project.has('[cross.hooks]\nbefore = ["echo no luck; exit 3", "touch never"]\n')
    result = project.build(check=1)
    assert 'running the hook before = "echo no luck; exit 3": ended with status 3' in result.stderr
    assert "no luck" in result.stderr
    assert not (project.directory / "never").exists()
    assert (project.directory / "dist/hello-linux-amd64").read_bytes() == before
    project.has('[cross.hooks]\nbefore_target = "false"\nafter = "touch never"\n')
    assert "the hook before_target" in project.build(check=1).stderr
    assert not (project.directory / "never").exists()
    project.has('[cross.hooks]\nafter = "false"\n')
    project.build(check=1)
    assert (project.directory / "dist/hello-linux-amd64").exists()


def test_what_hooks_print_is_shown(project):
    project.has('[cross.hooks]\nbefore = "echo first"\nafter_target = "echo second >&2"\n')
    built = project.build()
    assert "gov: first\n" in built.stderr and "gov: linux/amd64: second\n" in built.stderr


TREE = "(sleep 1000 & sleep 1000) & touch started; wait"
RUNAWAYS = "(setsid sleep 1000 & setsid sh -c 'sleep 1000 & sleep 1000') & touch started; wait"


@pytest.mark.parametrize("tree", [TREE, RUNAWAYS], ids=["tree", "runaways"])
@pytest.mark.parametrize("kind", ["before", "before_target"])
def test_the_time_limit_ends_all_that_a_hook_has_started(project, kind, tree):
    project.has(f'timeout = "1s"\n[cross.hooks]\n{kind} = {json.dumps(tree)}\n')
    assert "took longer than 1 seconds" in project.build(check=10).stderr
    project.gov.must_leave_no_process(10)


@pytest.mark.parametrize("tree", [TREE, RUNAWAYS], ids=["tree", "runaways"])
@pytest.mark.parametrize("kind", ["before", "before_target"])
def test_an_interrupt_ends_all_that_a_hook_has_started(project, kind, tree):
    project.has(f"[cross.hooks]\n{kind} = {json.dumps(tree)}\n")
    started = project.gov.start("cross", "build")
    deadline = time.monotonic() + 60
    while not (project.directory / "started").exists():
        assert time.monotonic() < deadline and started.poll() is None
        time.sleep(0.02)
    os.kill(started.pid, signal.SIGINT)
    project.gov.finish(started, check=130, timeout=20)
    project.gov.must_leave_no_process(10)


def test_go_generate_runs_first_with_the_pinned_go(project):
    (project.directory / "gen.go").write_text("package main\n\n//go:generate sh gen.sh\n")
    (project.directory / "gen.sh").write_text(
        "cat > made.go <<END\npackage main\n\n"
        "func init() { made = \"$(go version | cut -d' ' -f3) $GOFLAGS\" }\nEND\n"
    )
    project.has("generate = true\n")
    assert "go generate ./..." in project.gov.run("cross", "plan").stdout
    assert not (project.directory / "made.go").exists()
    project.build(env={"GOFLAGS": "-nonsense"})
    assert 'made = "go1.22.6 "' in project.read("made.go")
    (project.directory / "gen.sh").write_text("echo cannot >&2; exit 1\n")
    result = project.build(check=1)
    assert "running go generate: ended with status 1" in result.stderr and "cannot" in result.stderr
