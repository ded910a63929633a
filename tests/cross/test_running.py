# SPDX-License-Identifier: Apache-2.0
"""gov cross test, run and doctor: programs of other targets run here, and the proof that they did."""

import os
import shutil
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from world import wine

MAIN = """package main

import (
	"fmt"
	"os"
	"runtime"
)

func main() {
	fmt.Println(runtime.GOARCH, os.Args[1:])
	os.Exit(len(os.Args))
}
"""
TESTS = """package main

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestGood(t *testing.T) {}

func TestBad(t *testing.T) {
	if os.Getenv("FAILME") != "" {
		t.Fatal("as it was asked to <&>")
	}
}

func TestSkipped(t *testing.T) { t.Skip("not today") }

func TestHanging(t *testing.T) {
	file := os.Getenv("HANGING")
	if file == "" {
		return
	}
	for _, word := range []string{"sleep", "setsid"} {
		words := map[string][]string{"sleep": {"1000"}, "setsid": {"sleep", "1000"}}[word]
		child := exec.Command(word, words...)
		child.Env = append(os.Environ(), "HANGING_CHILD=1")
		child.Start()
	}
	os.WriteFile(file, nil, 0o644)
	time.Sleep(time.Hour)
}
"""


@pytest.fixture
def project(gov, installed):
    """A program with tests, pinned to a release that is installed."""
    installed("go1.22.6")
    directory = gov.project
    (directory / "go.mod").write_text("module example.com/hello\n\ngo 1.21\n")
    (directory / "main.go").write_text(MAIN)
    (directory / "main_test.go").write_text(TESTS)
    (directory / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    return directory


def program(directory: Path, name: str, text: str) -> Path:
    """A shell script in the directory `bin` beside the project, which comes first on PATH."""
    file = directory / "bin-of-test" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def first_on_path(gov, directory: Path) -> dict[str, str]:
    return {"PATH": f"{directory / 'bin-of-test'}:{gov.env['PATH']}"}


def runs_with(mark: str) -> list[str]:
    """The processes that have `mark` in their environment."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (directory / "environ").read_bytes():
                found.append((directory / "cmdline").read_bytes().decode(errors="replace"))
        except OSError:
            pass
    return found


def wait_until(condition, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"nothing after {seconds} s"
        time.sleep(0.05)


needs_qemu = pytest.mark.skipif(
    shutil.which("qemu-aarch64") is None, reason="no qemu-aarch64 (qemu-user)"
)


@needs_qemu
def test_tests_pass_natively_and_in_qemu(gov, project):
    result = gov.run("cross", "test", "--target", "linux/amd64,linux/arm64", "--json", timeout=300)
    native, emulated = result.json["targets"]
    assert (native["target"], native["runner"], native["result"]) == (
        "linux/amd64",
        "native",
        "passed",
    )
    assert (emulated["target"], emulated["runner"], emulated["result"]) == (
        "linux/arm64",
        "qemu-aarch64",
        "passed",
    )
    for target in (native, emulated):
        (package,) = target["packages"]
        assert {test["test"]: test["result"] for test in package["tests"]} == {
            "TestGood": "passed",
            "TestBad": "passed",
            "TestSkipped": "skipped",
            "TestHanging": "passed",
        }


def test_people_get_a_table_and_what_failed(gov, project):
    result = gov.run(
        *("cross", "test", "-t", "linux/amd64", "--junit", "out.xml"),
        check=4,
        timeout=300,
        env={"FAILME": "1"},
    )
    heading, line = result.stdout.splitlines()
    assert heading.split() == ["TARGET", "RUNNER", "PACKAGES", "PASSED", "FAILED", "TIME", "RESULT"]
    assert line.split()[:5] == ["linux/amd64", "native", "1", "2", "1"]
    assert line.split()[-1] == "failed"
    assert "TestBad: failed" in result.stderr
    assert "as it was asked to" in result.stderr
    suite = ET.parse(project / "out.xml").getroot().find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "1")
    (failure,) = suite.iter("failure")
    assert "as it was asked to <&>" in failure.text


def test_a_runner_that_says_ok_to_everything_is_found_out(gov, project, directory):
    program(directory, "go_linux_riscv64_exec", "exit 0")
    result = gov.run(
        *("cross", "test", "-t", "linux/riscv64", "--json"),
        check=4,
        env={"PATH": f"{directory / 'bin-of-test'}:{directory / 'nothing'}", "FAILME": "1"},
        timeout=300,
    )
    (target,) = result.json["targets"]
    assert (target["result"], target["runner"]) == ("not-run", "go_linux_riscv64_exec")
    assert "without a word" in target["reason"]


def test_a_runner_that_only_runs_what_tries_it_is_found_out(gov, project, directory):
    """It runs the canary, and no test: go test calls that ok."""
    program(
        directory,
        "go_linux_amd64_exec",
        'case "$1" in *.test) exit 0 ;; *) exec "$@" ;; esac',
    )
    result = gov.run(
        *("cross", "test", "-t", "linux/amd64", "--json"),
        check=4,
        env={**first_on_path(gov, directory), "FAILME": "1"},
        timeout=300,
    )
    (target,) = result.json["targets"]
    assert target["result"] == "not-run"
    assert "none of its tests was seen to begin" in target["packages"][0]["reason"]


def test_a_hanging_test_is_gone_with_all_that_it_started(gov, project, directory):
    hangs = directory / "hangs"
    mark = f"HANGING={hangs}"
    started = gov.start(
        *("cross", "test", "-t", "linux/amd64", "--timeout", "3s", "--json"),
        env={"HANGING": str(hangs)},
    )
    wait_until(hangs.exists, 300)
    begin = time.monotonic()
    assert len([words for words in runs_with(mark) if words.startswith("sleep")]) == 2
    # The program hangs from when it has written the file; only it and its children are counted.
    wait_until(lambda: not [w for w in runs_with(mark) if "sleep" in w or ".test" in w], 6)
    assert time.monotonic() - begin < 6
    result = gov.finish(started, check=10)
    assert runs_with(mark) == []
    (target,) = result.json["targets"]
    assert target["result"] == "timed-out"
    tests = {test["test"]: test["result"] for test in target["packages"][0]["tests"]}
    assert tests["TestHanging"] in ("timed-out", "failed")
    assert tests["TestGood"] == "passed"


def test_an_interrupt_ends_all(gov, project, directory):
    hangs = directory / "hangs"
    started = gov.start("cross", "test", "-t", "linux/amd64", env={"HANGING": str(hangs)})
    wait_until(hangs.exists, 300)
    os.kill(started.pid, signal.SIGINT)
    gov.finish(started, check=130, timeout=20)
    assert runs_with(f"HANGING={hangs}") == []


def test_all_ends_when_gov_is_killed(gov, project, directory):
    hangs = directory / "hangs"
    started = gov.start("cross", "test", "-t", "linux/amd64", env={"HANGING": str(hangs)})
    wait_until(hangs.exists, 300)
    started.kill()
    started.communicate()
    wait_until(lambda: not [w for w in runs_with(f"HANGING={hangs}") if "sleep" in w], 10)


def test_what_cannot_run_here_is_compiled_and_said(gov, project):
    result = gov.run("cross", "test", "-t", "linux/amd64,darwin/arm64", "--json", timeout=300)
    assert [target["result"] for target in result.json["targets"]] == ["passed", "compiled"]
    assert "nothing here runs its programs" in result.stderr
    gov.run("cross", "test", "-t", "linux/amd64,darwin/arm64", "--require", check=4, timeout=300)
    gov.run("cross", "test", "-t", "darwin/arm64", check=4, timeout=300)


def test_flags_of_go_test_and_packages(gov, project):
    other = project / "other"
    other.mkdir()
    (other / "other.go").write_text("package other\n")
    (other / "other_test.go").write_text(
        'package other\n\nimport "testing"\n\nfunc TestOther(t *testing.T) {}\n'
    )
    result = gov.run(
        *("cross", "test", "./other", "-t", "linux/amd64", "--json", "--", "-run", "Other"),
        timeout=300,
    )
    (package,) = result.json["targets"][0]["packages"]
    assert package["package"] == "example.com/hello/other"
    assert [test["test"] for test in package["tests"]] == ["TestOther"]


def test_tests_that_do_not_compile(gov, project):
    (project / "main_test.go").write_text("package main\n\nfunc broken() { missing() }\n")
    result = gov.run("cross", "test", "-t", "linux/amd64", "--json", check=4, timeout=300)
    assert result.json["targets"][0]["result"] == "not-built"
    assert "undefined: missing" in result.stderr


@needs_qemu
def test_cross_run_returns_what_the_program_does(gov, project):
    result = gov.run("cross", "run", "linux/arm64", "a", "--", "-b", check=3, timeout=300)
    assert result.stdout == "arm64 [a -b]\n"


def test_cross_run_ends_at_its_limit(gov, project, directory):
    (project / "main.go").write_text(
        'package main\n\nimport "time"\n\nfunc main() { time.Sleep(time.Hour) }\n'
    )
    result = gov.run("cross", "run", "--timeout", "1s", "linux/amd64", check=10, timeout=120)
    assert "ended after 1 s" in result.stderr


def test_cross_run_without_a_runner(gov, project):
    result = gov.run("cross", "run", "darwin/arm64", check=5, timeout=300)
    assert "nothing here runs its programs" in result.stderr
    assert "runner" in result.stderr


MACHINE = """
# A machine that is a directory: what runs on it is first copied there, as to a board.
machine=$GOV_PROJECT/machine
case "$1" in
start)
    mkdir "$machine" && echo starting
    if [ -n "$BACKGROUND" ]; then exec sleep 1000; fi
    ;;
ready) [ -d "$machine" ] ;;
stop) echo stop >> "$GOV_PROJECT/stops"; rm -r "$machine" ;;
exec)
    shift
    [ -d "$machine" ] || exit 99
    copy=$machine/$(basename "$1")
    cp "$1" "$copy"
    shift
    "$copy" "$@"
    ;;
esac
"""


@pytest.fixture
def machine(gov, project, directory):
    """The project's own runner: a machine that has to be started and stopped."""
    script = program(directory, "machine", MACHINE)
    (project / ".gotoolchain.toml").write_text(
        f"""go = "1.22.6"
[cross.test]
targets = "linux/amd64"
args = ["-short"]
timeout = "100s"
[cross.test.target."linux/*"]
env = {{ FROM_TABLE = "1" }}
[cross.target."linux/amd64".runner]
start = "{script} start"
ready = "{script} ready"
exec = "{script} exec"
stop = "{script} stop"
timeout = "20s"
"""
    )
    gov.run("allow")
    return project


def stops(project: Path) -> int:
    file = project / "stops"
    return len(file.read_text().splitlines()) if file.exists() else 0


@pytest.mark.parametrize("background", ["", "1"])
def test_a_machine_of_the_project_is_started_used_and_stopped(gov, machine, background):
    (machine / "table_test.go").write_text(
        """package main

import (
	"os"
	"testing"
)

func TestTable(t *testing.T) {
	if os.Getenv("FROM_TABLE") != "1" || !testing.Short() {
		t.Fatal("not as the table says")
	}
}
"""
    )
    env = {"BACKGROUND": background, "MACHINE_MARK": "1"}
    result = gov.run("cross", "test", "--json", env=env, timeout=300)
    (target,) = result.json["targets"]
    assert (target["runner"], target["result"]) == ("project", "passed")
    assert stops(machine) == 1
    assert not (machine / "machine").exists()
    assert runs_with("MACHINE_MARK=1") == []


def test_a_machine_is_stopped_when_tests_fail(gov, machine):
    gov.run("cross", "test", env={"FAILME": "1"}, check=4, timeout=300)
    assert stops(machine) == 1


HANGING_MAIN = """package main

import (
	"os"
	"time"
)

func main() {
	os.WriteFile(os.Getenv("HANGING"), nil, 0o644)
	time.Sleep(time.Hour)
}
"""


@pytest.mark.parametrize("words", [("test",), ("run", "linux/amd64")], ids=["test", "run"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_machine_is_stopped_however_gov_ends(gov, machine, directory, words, end):
    hangs = directory / "hangs"
    if "run" in words:
        (machine / "main.go").write_text(HANGING_MAIN)
    started = gov.start("cross", *words, env={"HANGING": str(hangs), "BACKGROUND": "1"})
    wait_until(hangs.exists, 300)
    os.kill(started.pid, end)
    started.communicate(timeout=30)
    told = {signal.SIGTERM: 143, signal.SIGHUP: 129}  # the program, which has its own status
    of_program = told if "run" in words else {}
    assert started.returncode == {signal.SIGKILL: -signal.SIGKILL, **of_program}.get(end, 130)
    if end != signal.SIGKILL:
        assert stops(machine) == 1  # before gov has ended, not some time later
    wait_until(lambda: stops(machine) == 1, 10)
    wait_until(lambda: runs_with(f"HANGING={hangs}") == [], 10)


def test_a_machine_that_does_not_come_up(gov, machine, directory):
    program(
        directory,
        "machine",
        'case "$1" in start) echo no power; exit 7 ;; ready) exit 1 ;; '
        'stop) echo >> "$GOV_PROJECT/stops" ;; esac',
    )
    result = gov.run("cross", "test", check=4, timeout=300)
    assert "its start ended with status 7" in result.stderr
    assert "no power" in result.stderr
    assert "qemu" not in result.stderr
    assert stops(machine) == 1


@pytest.mark.parametrize("delay, reason", [("0", "its start ended"), ("3", "was lost")])
def test_a_start_that_fails_proves_nothing_though_something_is_ready(
    gov, machine, directory, delay, reason
):
    (machine / "machine").mkdir()  # which another has left there
    program(directory, "machine", MACHINE.replace('mkdir "$machine"', f"sleep {delay}; exit 7"))
    (machine / "slow_test.go").write_text(
        'package main\n\nimport (\n\t"testing"\n\t"time"\n)\n\n'
        "func TestSlow(t *testing.T) { time.Sleep(4 * time.Second) }\n"
    )
    result = gov.run("cross", "test", "--json", check=4, timeout=300)
    assert result.json["targets"][0]["result"] in ("not-run", "failed")
    assert f"{reason}" in result.stderr and "status 7" in result.stderr
    assert stops(machine) == 1


def test_a_runner_of_an_untrusted_project_is_not_started(gov, machine):
    with (machine / ".gotoolchain.toml").open("a") as file:
        file.write("# changed\n")
    gov.run("cross", "test", check=9)
    gov.run("cross", "run", "linux/amd64", check=9)
    gov.run("cross", "doctor", check=9)
    assert stops(machine) == 0


def test_a_runner_without_exec_is_refused(gov, project):
    (project / ".gotoolchain.toml").write_text(
        'go = "1.22.6"\n[cross.target."linux/*"]\nrunner = { start = "true" }\n'
    )
    gov.run("allow")
    result = gov.run("cross", "test", check=2)
    assert "a runner without exec" in result.stderr


@needs_qemu
def test_the_doctor_tries_runners(gov, project):
    result = gov.run(
        *("cross", "doctor", "linux/amd64", "linux/arm64", "darwin/arm64", "--json"), timeout=300
    )
    found = {condition["check"]: condition for condition in result.json}
    assert found["linux/amd64 runner"]["result"] == "ok"
    assert "qemu-aarch64" in found["linux/arm64 runner"]["message"]
    assert found["darwin/arm64 runner"]["result"] == "note"
    assert found["darwin/arm64 compiler"]["result"] in ("ok", "note")
    if shutil.which("gcc"):
        assert "elf amd64" in found["linux/amd64 compiler"]["message"]
    for check in ("git", "memory", "minisign", "ssh-keygen", "gpg", "Go's cache"):
        assert check in found


def test_the_doctor_names_what_leaks_and_what_lies(gov, project, directory):
    program(directory, "go_linux_riscv64_exec", "exit 0")
    (project / "old.lib").write_text("")
    result = gov.run(
        *("cross", "doctor", "linux/riscv64", "windows/amd64"),
        env={"PATH": f"{directory / 'bin-of-test'}", "GOFLAGS": "-mod=mod", "CC": "cl.exe"},
        check=1,
        timeout=300,
    )
    assert "linux/riscv64 runner: go_linux_riscv64_exec: " in result.stdout
    assert "without a word" in result.stdout
    assert "GOFLAGS is set" in result.stdout
    assert "unset GOFLAGS" in result.stdout
    assert "CC is cl.exe" in result.stdout
    assert "old.lib looks like Microsoft's" in result.stdout


@pytest.mark.parametrize(
    "words", [("cross", "hold"), ("cross", "supervise", "FILE", "--")], ids=["hold", "supervise"]
)
def test_what_is_for_gov_alone_says_so(gov, words):
    assert "is for gov alone" in gov.run(*words, check=2).stderr


@pytest.mark.long
@pytest.mark.parametrize("arch", ["amd64", "386"])
def test_programs_of_windows_run_in_wine(gov, project, arch):
    """Wine 8 lacks ProcessPrng, without which programs of Go 1.21 and later do not start."""
    wine.put_on_path(gov, arch)
    target_name = f"windows/{arch}"
    result = gov.run("cross", "test", "-t", target_name, "--json", timeout=600)
    (target,) = result.json["targets"]
    assert (target["runner"], target["result"]) == ("wine", "passed")
    assert f"{target_name}: Wine makes a prefix for gov, once" in result.stderr
    failed = gov.run("cross", "test", "-t", target_name, env={"FAILME": "1"}, check=4, timeout=600)
    assert "once" not in failed.stderr
    ran = gov.run("cross", "run", target_name, "a", check=2, timeout=600)
    assert ran.stdout.split() == [arch, "[a]"]
    prefix = Path(gov.env["XDG_CACHE_HOME"]) / f"gov/cross/wine-{arch}"
    assert runs_with(f"WINEPREFIX={prefix}") == []


@pytest.mark.long
def test_every_wine_that_was_tried_says_why_it_does_not_serve(gov, project, directory):
    program(directory, "wineserver", "exit 0")
    program(directory, "wine", 'echo "no prefix of $WINEARCH here"; exit 1')
    path = first_on_path(gov, directory)
    result = gov.run("cross", "test", "-t", "windows/386", "--json", env=path, check=4, timeout=300)
    (target,) = result.json["targets"]
    assert target["result"] == "not-run"
    first, second = target["reason"].split("; then ")
    assert "no prefix of win32 here" in first and "no prefix of win64 here" in second


@pytest.mark.skipif(shutil.which("wine") is None, reason="no wine (wine and wine64)")
def test_wine_without_its_32_bit_half_is_found_out(gov, project):
    """It says nothing and exits with 0, for a test that must fail, too."""
    result = gov.run("cross", "test", "-t", "windows/386", "--json", check=None, timeout=600)
    (target,) = result.json["targets"]
    if target["result"] == "passed":
        pytest.skip("this wine runs 32-bit programs")
    assert result.code == 4
    assert target["result"] == "not-run"
    assert "wine32" in result.stderr
