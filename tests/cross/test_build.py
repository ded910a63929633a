# SPDX-License-Identifier: Apache-2.0
"""gov cross build with real Go releases: what it builds, proves, refuses and leaves alone."""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

MAIN = """package main

import "runtime"

var version = "none"

func main() { println(version, runtime.Version(), runtime.GOOS, runtime.GOARCH) }
"""
DEFAULTS = {
    "linux/amd64": ("hello-linux-amd64", "elf", "amd64"),
    "darwin/arm64": ("hello-darwin-arm64", "macho", "arm64"),
    "windows/386": ("hello-windows-386.exe", "pe", "386"),
}


def write_program(directory: Path, main: str = MAIN) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "go.mod").write_text("module example.com/hello/v2\n\ngo 1.21\n")
    (directory / "main.go").write_text(main)


@pytest.fixture
def project(gov, installed):
    """A program in gov's project directory, pinned to a release that is installed."""
    installed("go1.22.6")
    write_program(gov.project)
    (gov.project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    return gov.project


def built(directory: Path) -> dict[str, str]:
    """Everything in an output folder, with its digest."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in directory.iterdir()
    }


def results(outcome) -> dict[str, str]:
    return {artifact["target"]: artifact["result"] for artifact in outcome.json["artifacts"]}


def test_the_three_default_targets_are_built_by_the_pinned_release(gov, project, directory):
    other = directory / "other"
    other.mkdir()
    (other / "go").write_text("#!/bin/sh\necho the wrong go was run >&2\nexit 1\n")
    (other / "go").chmod(0o755)
    result = gov.run(
        *("cross", "build", "--version", "v1.2.3", "--json"),
        env={"PATH": f"{other}:{gov.env['PATH']}"},
        timeout=300,
    )
    for artifact in result.json["artifacts"]:
        name, file_format, arch = DEFAULTS[artifact["target"]]
        assert artifact["result"] == "proved"
        assert artifact["file"] == f"dist/{name}"
        assert artifact["size"] == (project / "dist" / name).stat().st_size
        facts = artifact["artifact"]
        assert (facts["format"], facts["arch"]) == (file_format, arch)
        assert facts["build_info"]["go_version"] == "go1.22.6"
    assert sorted(built(project / "dist")) == sorted(name for name, _, _ in DEFAULTS.values())
    ran = subprocess.run([project / "dist/hello-linux-amd64"], capture_output=True, text=True)
    assert ran.stderr == "v1.2.3 go1.22.6 linux amd64\n"


def test_a_darwin_program_of_an_old_release_gets_its_uuid(gov, project):
    result = gov.run("cross", "build", "darwin/arm64", "darwin/amd64", "--json", timeout=300)
    for artifact in result.json["artifacts"]:
        assert artifact["normalised"] == ["LC_UUID"]
        assert artifact["artifact"]["uuid"]
    (arm,) = [a for a in result.json["artifacts"] if a["target"] == "darwin/arm64"]
    assert arm["artifact"]["signature"]["valid"]
    file = project / arm["file"]
    assert gov.run("cross", "verify", str(file)).stdout.startswith("verified")
    if shutil.which("llvm-objdump"):
        told = subprocess.run(
            ["llvm-objdump", "-p", "-m", file], capture_output=True, text=True, check=True
        )
        assert "cmd LC_UUID" in told.stdout


def test_people_get_a_table(gov, project):
    result = gov.run("cross", "build", "linux/amd64", timeout=300)
    heading, line = result.stdout.splitlines()
    assert heading.split() == ["TARGET", "FILE", "SIZE", "FORMAT", "GO", "RESULT"]
    assert line.split()[:2] == ["linux/amd64", "dist/hello-linux-amd64"]
    assert line.split()[-3:] == ["amd64", "go1.22.6", "proved"]


def test_other_targets_folders_and_packages_on_request(gov, project):
    write_program(project / "cmd/tool")
    (project / "cmd/tool/go.mod").unlink()
    gov.run(
        *("cross", "build", "linux/amd64", "linux/arm64", "linux/amd64"),
        *("-o", "out/now", "--package", "./cmd/tool"),
        timeout=300,
    )
    assert sorted(built(project / "out/now")) == ["tool-linux-amd64", "tool-linux-arm64"]
    assert not (project / "dist").exists()


def test_two_directories_give_the_same_bytes(gov, project, directory):
    elsewhere = directory / "somewhere/else"
    write_program(elsewhere)
    (elsewhere / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    for place in (project, elsewhere):
        gov.run("cross", "build", cwd=place, timeout=300)
    assert built(project / "dist") == built(elsewhere / "dist")


def test_a_failing_target_hides_no_other(gov, project):
    (project / "only_linux.go").write_text(
        'package main\n\nimport "syscall"\n\nfunc init() { syscall.Kill(0, 0) }\n'
    )
    (project / "only_windows_windows.go").write_text("package main\n\nfunc init() { missing() }\n")
    result = gov.run("cross", "build", "--json", check=1, timeout=300)
    assert results(result) == {
        "linux/amd64": "proved",
        "darwin/arm64": "proved",
        "windows/386": "failed",
    }
    assert "undefined: missing" in result.stderr
    assert "1 of 3 targets failed" in result.stderr
    assert all(line.startswith("gov: ") for line in result.stderr.splitlines())
    assert sorted(built(project / "dist")) == ["hello-darwin-arm64", "hello-linux-amd64"]


def test_an_artifact_of_another_release_is_refused_and_gone(gov, project):
    subprocess.run(["cp", "-al", gov.goroot("go1.22.6"), gov.goroot("go1.22.7")], check=True)
    (project / ".gotoolchain.toml").write_text('go = "1.22.7"\n')
    result = gov.run("cross", "build", "linux/amd64", "--json", check=3, timeout=300)
    (artifact,) = result.json["artifacts"]
    assert artifact["result"] == "refused"
    assert [finding["rule"] for finding in artifact["findings"]] == ["go-version"]
    assert artifact["file"] is None
    assert "built by go1.22.6, not go1.22.7" in result.stderr
    assert not (project / "dist").exists()


def test_what_the_user_has_set_does_not_reach_the_build(gov, project, directory):
    gov.run("cross", "build", "linux/amd64", timeout=300)
    plain = built(project / "dist")
    config = directory / "config/go"
    config.mkdir(parents=True, exist_ok=True)
    (config / "env").write_text("GOEXPERIMENT=nonsense\n")
    changes = {"GOFLAGS": "-nonsense", "GOAMD64": "v4", "GOWORK": "/nonexistent", "CC": "/bin/false"}
    result = gov.run("cross", "build", "linux/amd64", env=changes, timeout=300)
    assert built(project / "dist") == plain
    for name in ("GOFLAGS", "GOAMD64", "GOWORK", "GOEXPERIMENT (of Go's env file)"):
        assert f"gov: {name} is set, but cross builds do not use it" in result.stderr


def test_a_version_goes_only_where_a_string_variable_takes_it(gov, project):
    (project / "main.go").write_text(MAIN.replace('version = "none"', "version = len(v2)"))
    (project / "v2.go").write_text('package main\n\nvar v2 = "two"\n')
    result = gov.run("cross", "build", "linux/amd64", "--version", "v9", timeout=300)
    assert "has no string variable version" in result.stderr
    ran = subprocess.run([project / "dist/hello-linux-amd64"], capture_output=True, text=True)
    assert ran.stderr.startswith("3 ")


def test_a_version_may_hold_blanks_and_quotes(gov, project):
    gov.run("cross", "build", "linux/amd64", "--version", "it's 1.0", timeout=300)
    ran = subprocess.run([project / "dist/hello-linux-amd64"], capture_output=True, text=True)
    assert ran.stderr.startswith("it's 1.0 go1.22.6 ")


@pytest.mark.parametrize(
    "words, message",
    [
        (["macos/arm64"], "did you mean darwin/arm64?"),
        (["linux/amd46"], "did you mean linux/amd64?"),
        (["--package", "./lib"], "is package lib, not a program"),
        (["--package", "./..."], "names 2 packages"),
        (["--version", "a ' \""], "both kinds of quotes"),
    ],
)
def test_misuse_is_refused_before_anything_is_made(gov, project, words, message):
    (project / "lib").mkdir()
    (project / "lib/lib.go").write_text("package lib\n")
    result = gov.run("cross", "build", *words, check=2)
    assert message in result.stderr
    assert not (project / "dist").exists()


def test_a_toolchain_without_its_table_is_asked_for_its_targets(gov, project):
    (gov.goroot("go1.22.6") / "src/internal/platform/zosarch.go").unlink()
    result = gov.run("cross", "build", "linux/amd46", check=2)
    assert "did you mean linux/amd64?" in result.stderr


def test_without_a_version_nothing_is_built(gov):
    write_program(gov.project)
    assert "no Go version is chosen" in gov.run("cross", "build", check=6).stderr


def test_the_default_serves_where_nothing_is_pinned(gov, project):
    (project / ".gotoolchain.toml").unlink()
    gov.run("default", "1.22.6")
    gov.run("cross", "build", "linux/amd64", timeout=300)


def test_go_mod_above_the_pin_is_said_in_go_s_words(gov, project):
    (project / "go.mod").write_text("module example.com/hello\n\ngo 1.23.0\n")
    result = gov.run("cross", "build", check=1)
    assert "go.mod requires go >= 1.23.0 (running go 1.22.6" in result.stderr


def test_a_clean_repository_is_stamped_as_clean(gov, project):
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *words], cwd=project, env=gov.environment(), check=True)
    result = gov.run("cross", "build", "--json", timeout=300)
    for artifact in result.json["artifacts"]:
        settings = artifact["artifact"]["build_info"]["settings"]
        assert settings["vcs.modified"] == "false"


def of_this_test(gov) -> list[int]:
    """The processes that were started with this test's directory in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(gov.root).encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def start_cold(gov):
    """Starts a build that has everything to compile; returns when the compiler runs."""
    started = gov.start("cross", "build", env={"GOCACHE": str(gov.root / "cold")})
    deadline = time.monotonic() + 60
    while len(of_this_test(gov)) < 5:
        assert time.monotonic() < deadline and started.poll() is None
        time.sleep(0.02)
    return started


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_every_process_and_leaves_nothing(gov, project, number):
    started = start_cold(gov)
    os.kill(started.pid, number)
    gov.finish(started, check=130, timeout=10)
    deadline = time.monotonic() + 5
    while of_this_test(gov) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert of_this_test(gov) == []
    assert not (project / "dist").exists()


def test_what_a_killed_gov_left_goes_with_the_next_build(gov, project):
    started = start_cold(gov)
    started.kill()
    started.wait()
    assert list((project / "dist").glob(".gov-*"))
    deadline = time.monotonic() + 60
    while of_this_test(gov) and time.monotonic() < deadline:
        for process in of_this_test(gov):
            os.kill(process, signal.SIGKILL)
        time.sleep(0.02)
    gov.run("cross", "build", "linux/amd64", timeout=300)
    assert list(built(project / "dist")) == ["hello-linux-amd64"]
