# SPDX-License-Identifier: Apache-2.0
"""gov cross build with real Go releases: what it builds, proves, refuses and leaves alone."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from world.program import write_receipt

MAIN = """package main

import "runtime"

var version = "none"

func main() { println(version, runtime.Version(), runtime.GOOS, runtime.GOARCH) }
"""
# What stands in every output folder, beside the artifacts.
TELLING = {".gitignore", "artifacts.json", "checksums.txt", "metadata.json"}
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
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.iterdir()
        if path.name not in TELLING
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
    write_receipt(gov.govhome, "go1.22.7")
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
        (["--package", "./lib/..."], "names no program"),
        (["--jobs", "0"], "not a number from 1"),
        (["--timeout", "soon"], "not a time"),
        (["--set", "version"], "not NAME=VALUE"),
        (["!*/*"], "leave none"),
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


def test_every_program_of_a_pattern_for_every_target_of_a_pattern(gov, project):
    for name in ("one", "two"):
        write_program(project / "cmd" / name)
        (project / "cmd" / name / "go.mod").unlink()
    (project / "lib").mkdir()
    (project / "lib/lib.go").write_text("package lib\n")
    words = ("cross", "build", "linux/*64", "linux/amd64/v3", "linux/arm/6")
    result = gov.run(*words, "--package", "./...", check=2)
    assert "linux/*64 is no target" in result.stderr
    words = ("cross", "build", "linux/amd64/v3", "linux/arm/6", "--json", "--package", "./cmd/...")
    result = gov.run(*words, timeout=300)
    assert sorted(built(project / "dist")) == [
        "one-linux-amd64v3",
        "one-linux-armv6",
        "two-linux-amd64v3",
        "two-linux-armv6",
    ]
    for artifact in result.json["artifacts"]:
        settings = artifact["artifact"]["build_info"]["settings"]
        assert settings.get("GOAMD64", "v3") == "v3" and settings.get("GOARM", "6") == "6"


def test_the_output_folder_is_what_the_last_build_says(gov, project):
    gov.run("cross", "build", "linux/amd64", "windows/386", "--version", "v1", timeout=300)
    dist = project / "dist"
    (dist / "mine.txt").write_text("mine")
    listed = json.loads((dist / "artifacts.json").read_text())
    assert [entry["name"] for entry in listed] == [
        "hello-linux-amd64",
        "hello-windows-386.exe",
        "metadata.json",
        "checksums.txt",
    ]
    first = listed[0]
    assert (first["goos"], first["goarch"], first["type"]) == ("linux", "amd64", "Binary")
    assert first["extra"]["Checksum"] == "sha256:" + built(dist)["hello-linux-amd64"]
    assert json.loads((dist / "metadata.json").read_text())["version"] == "v1"
    subprocess.run(["sha256sum", "--quiet", "-c", "checksums.txt"], cwd=dist, check=True)
    (project / "bad_windows.go").write_text("package main\n\nfunc init() { missing() }\n")
    result = gov.run("cross", "build", "linux/amd64", "windows/386", "--json", check=1, timeout=300)
    assert sorted(built(dist)) == ["hello-linux-amd64", "mine.txt"]
    assert "dist/hello-windows-386.exe was of an earlier build and is gone" in result.stderr
    (project / "bad.go").write_text("package main\n\nfunc init() { missing() }\n")
    nothing = gov.run("cross", "build", "linux/amd64", check=1, timeout=300)
    assert "dist stays as it was: what is in it is of an earlier build" in nothing.stderr
    assert sorted(built(dist)) == ["hello-linux-amd64", "mine.txt"]
    (project / "bad.go").unlink()
    assert "windows" not in (dist / "checksums.txt").read_text()
    (failed,) = [a for a in result.json["artifacts"] if a["result"] == "failed"]
    log = Path(failed["log_file"]).read_text()
    assert "GOOS=windows" in log and "undefined: missing" in log
    assert "4 files removed from dist" in gov.run("cross", "clean").stderr
    assert "nothing of a build was in dist" in gov.run("cross", "clean").stderr
    assert [path.name for path in dist.iterdir() if path.name != ".gitignore"] == ["mine.txt"]


def test_the_folder_of_a_build_does_not_modify_the_next(gov, project):
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"], ["tag", "v1.5.0"]):
        subprocess.run([*git, *words], cwd=project, env=gov.environment(), check=True)
    words = ("cross", "build", "linux/amd64", "--json", "--set", "main.version={tag} {commit_date}")
    for _ in range(2):
        (artifact,) = gov.run(*words, timeout=300).json["artifacts"]
        assert artifact["artifact"]["build_info"]["settings"]["vcs.modified"] == "false"
        assert artifact["findings"] == []
    ran = subprocess.run([project / "dist/hello-linux-amd64"], capture_output=True, text=True)
    assert re.match(r"v1\.5\.0 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ go1", ran.stderr)


def test_one_program_for_both_machines_of_macos(gov, project):
    words = ("cross", "build", "darwin/amd64", "darwin/arm64", "--universal", "--json")
    result = gov.run(*words, timeout=300)
    dist = project / "dist"
    assert results(result)["darwin/all"] == "proved"
    gov.run("cross", "verify", str(dist / "hello-darwin-all"))
    lipo = shutil.which("llvm-lipo") or shutil.which("llvm-lipo-14")
    if lipo:
        slices = [dist / "hello-darwin-amd64", dist / "hello-darwin-arm64"]
        subprocess.run([lipo, "-create", *slices, "-output", project / "other"], check=True)
        assert (project / "other").read_bytes() == (dist / "hello-darwin-all").read_bytes()


def test_a_build_that_takes_too_long_is_ended(gov, project):
    words = ("cross", "build", "linux/amd64", "--timeout", "1s")
    result = gov.run(*words, env={"GOCACHE": str(gov.root / "cold")}, check=10, timeout=60)
    assert "took longer than 1 seconds" in result.stderr
    assert not (project / "dist").exists()


def test_with_fail_fast_nothing_more_begins(gov, project):
    (project / "bad.go").write_text("package main\n\nfunc init() { missing() }\n")
    words = ("cross", "build", "--fail-fast", "--jobs", "1", "--json")
    result = gov.run(*words, check=1, timeout=300)
    assert list(results(result).values()) == ["failed", "skipped", "skipped"]


def test_the_plan_is_what_would_run(gov, project):
    changes = {"GOFLAGS": "-nonsense", "GOPROXY": "off"}
    words = ("cross", "plan", "linux/amd64/v3", "windows/386", "--version", "v2")
    plan = gov.run(*words, "--json", env=changes).json
    assert "GOENV=off" in plan["environment"] and "GOPROXY=off" in plan["environment"]
    assert plan["dropped"] == ["GOFLAGS"] and {"GOGC=800", "GOMEMLIMIT=3GiB"} <= {*plan["environment"]}
    assert "GOGC=50" in gov.run(*words, env=changes | {"GOGC": "50"}).stdout
    assert [step["file"] for step in plan["steps"]] == ["hello-linux-amd64v3", "hello-windows-386.exe"]
    assert plan["steps"][0]["environment"] == ["GOAMD64=v3", "GOARCH=amd64", "GOOS=linux"]
    assert "-s -w -X main.version=v2" in plan["steps"][0]["arguments"]
    shown = gov.run(*words, env=changes).stdout
    assert "  GOAMD64=v3\n" in shown and "\nnot used   GOFLAGS, which is set\n" in shown
    assert not (project / "dist").exists()


def test_a_table_that_nobody_allowed_is_refused(gov, project):
    with open(project / ".gotoolchain.toml", "a") as file:
        file.write('[cross]\ntargets = ["linux/amd64"]\n')
    result = gov.run("cross", "build", check=9)
    assert "not trusted" in result.stderr and "gov allow" in result.stderr


def test_the_targets_of_the_release_are_listed(gov, project):
    listed = {entry["target"]: entry for entry in gov.run("cross", "targets", "--json").json}
    assert listed["linux/amd64"]["default"] and listed["linux/amd64"]["variants"] == "GOAMD64"
    assert listed["plan9/386"]["format"] == "plan9" and not listed["plan9/386"]["first_class"]
    few = gov.run("cross", "targets", "--first-class").stdout.splitlines()
    assert len(few) == 8 and few[0].split()[0] == "darwin/amd64"


def test_code_in_c_that_is_left_out_is_said(gov, project):
    (project / "native").mkdir()
    (project / "native/cgo.go").write_text('package native\n\nimport "C"\n\nfunc Sum() {}\n')
    (project / "native/pure.go").write_text("//go:build !cgo\n\npackage native\n\nfunc Sum() {}\n")
    (project / "uses.go").write_text(
        'package main\n\nimport "example.com/hello/v2/native"\n\nfunc init() { native.Sum() }\n'
    )
    for _ in range(2):
        result = gov.run("cross", "build", "linux/amd64", "--cgo", "off", "--json", timeout=300)
        (artifact,) = result.json["artifacts"]
        assert [finding["rule"] for finding in artifact["findings"]] == ["cgo-dropped"]
        assert "example.com/hello/v2/native has C code" in result.stderr


def test_without_a_version_nothing_is_built(gov):
    write_program(gov.project)
    (gov.project / "go.mod").unlink()
    assert "no Go version is chosen" in gov.run("cross", "build", check=6).stderr


def test_the_default_serves_where_nothing_is_pinned(gov, project):
    (project / ".gotoolchain.toml").unlink()
    gov.run("default", "1.22.6")
    gov.run("cross", "build", "linux/amd64", timeout=300)


def test_go_mod_above_the_pin_is_said_in_go_s_words(gov, project):
    (project / "go.mod").write_text("module example.com/hello\n\ngo 1.23.0\n")
    result = gov.run("cross", "build", check=1)
    assert "go.mod requires go >= 1.23.0 (running go 1.22.6" in result.stderr


def test_a_stamp_is_decided_and_never_left_out_in_silence(gov, project, directory):
    def arguments(*words: str, **changes) -> list[str]:
        return gov.run("cross", "plan", "--json", *words, **changes).json["steps"][0]["arguments"]

    assert "-buildvcs=false" in arguments()
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run([*git, "init", "-q"], cwd=project, env=gov.environment(), check=True)
    assert "-buildvcs=false" in arguments()
    assert "has no commit yet" in gov.run("cross", "plan").stderr
    date = {"GIT_COMMITTER_DATE": "1700000000 +0100"}
    for words in (["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *words], cwd=project, env=gov.environment() | date, check=True)
    assert "-buildvcs=true" in arguments()
    assert "-buildvcs=false" in arguments("--no-buildvcs")
    assert "SOURCE_DATE_EPOCH=1700000000" in gov.run("cross", "plan", "--json").json["environment"]
    (artifact,) = gov.run("cross", "build", "linux/amd64", "--json", "--no-buildvcs").json["artifacts"]
    assert "vcs.revision" not in artifact["artifact"]["build_info"]["settings"]


def test_go_is_asked_what_it_would_build_again_after_a_change(gov, project):
    go = gov.goroot("go1.22.6") / "bin/go"
    go.rename(go.parent / "real")
    log = gov.root / "asked"
    go.write_text(f'#!/bin/sh\necho "$1" >> {log}\nexec {go.parent}/real "$@"\n')
    go.chmod(0o755)
    time.sleep(0.1)  # what was changed a moment ago may change once more unseen

    def asked(*words: str) -> list[str]:
        log.write_text("")
        gov.run("cross", "build", "linux/amd64", *words, timeout=300)
        return sorted(log.read_text().split())

    assert asked() == ["build", "list", "list"]
    assert asked() == ["build"]
    assert asked("--tags", "other") == ["build", "list", "list"]
    (project / "more.go").write_text("package main\n")
    time.sleep(0.1)
    assert asked() == ["build", "list", "list"]
    (project / "more.go").write_text("package main\n\nconst more = 1\n")
    time.sleep(0.1)
    assert asked() == ["build", "list", "list"]
    assert asked() == ["build"]
    (project / "go.work").write_text("go 1.21\n\nuse .\n")
    assert asked() == ["build", "list", "list"]


def test_a_clean_repository_is_stamped_as_clean(gov, project):
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *words], cwd=project, env=gov.environment(), check=True)
    result = gov.run("cross", "build", "--json", timeout=300)
    for artifact in result.json["artifacts"]:
        settings = artifact["artifact"]["build_info"]["settings"]
        assert settings["vcs.modified"] == "false"


def start_cold(gov):
    """Starts a build that has everything to compile; returns when the compiler runs."""
    started = gov.start("cross", "build", env={"GOCACHE": str(gov.root / "cold")})
    deadline = time.monotonic() + 60
    while len(gov.processes()) < 5 or not list((gov.project / "dist").glob(".gov-*")):
        assert time.monotonic() < deadline and started.poll() is None
        time.sleep(0.02)
    return started


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_every_process_and_leaves_nothing(gov, project, number):
    started = start_cold(gov)
    os.kill(started.pid, number)
    gov.finish(started, check=130, timeout=10)
    gov.must_leave_no_process(5)
    assert not (project / "dist").exists()


def test_what_a_killed_gov_left_goes_with_the_next_build(gov, project):
    started = start_cold(gov)
    started.kill()
    started.wait()
    assert list((project / "dist").glob(".gov-*"))
    deadline = time.monotonic() + 60
    while gov.processes() and time.monotonic() < deadline:
        for process in gov.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.02)
    gov.run("cross", "build", "linux/amd64", timeout=300)
    assert list(built(project / "dist")) == ["hello-linux-amd64"]
