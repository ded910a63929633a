# SPDX-License-Identifier: Apache-2.0
"""gov cross build of programs with C code: which compiler, what it makes, and what proves it."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from world import releases, wine, zig

C_PROGRAM = """package main

/*
#include <stdio.h>
#include <stdlib.h>
static int twice(int n) { char t[20]; snprintf(t, sizeof t, "%d", 2 * n); return atoi(t); }
*/
import "C"

import "fmt"

func main() { fmt.Println("answer", C.twice(21)) }
"""
NET_PROGRAM = C_PROGRAM.replace('import "fmt"', 'import (\n\t"fmt"\n\t"net"\n)').replace(
    "func main() {", "func main() {\n\tif _, err := net.LookupHost(\"localhost\"); err != nil {"
    " panic(err) }\n\t"
)
SQLITE_PROGRAM = """package main

import (
	"database/sql"
	"fmt"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		panic(err)
	}
	var n int
	if err := db.QueryRow("select 6 * 7").Scan(&n); err != nil {
		panic(err)
	}
	fmt.Println("answer", n)
}
"""
SQLITE = "github.com/mattn/go-sqlite3@v1.14.22"
ANSWER = "answer 42\n"


def write(project: Path, main: str) -> None:
    (project / "go.mod").write_text("module example.com/answer\n\ngo 1.21\n")
    (project / "main.go").write_text(main)
    (project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')


@pytest.fixture
def project(gov, installed):
    """A program with C code, pinned to a release that is installed."""
    installed("go1.22.6")
    write(gov.project, C_PROGRAM)
    return gov.project


def build(gov, *arguments: str, check=0, timeout=900, env=None):
    """The outcomes by target."""
    result = gov.run("cross", "build", *arguments, "--json", check=check, timeout=timeout, env=env)
    return {artifact["target"]: artifact for artifact in result.json["artifacts"]}


def rules(artifact) -> list[str]:
    return [finding["rule"] for finding in artifact["findings"] if finding["level"] == "error"]


def run(project: Path, artifact, *runner: str) -> str:
    finished = subprocess.run(
        [*runner, project / artifact["file"]], capture_output=True, text=True, timeout=300
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def needs(program: str, package: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"no {program}; apt-get install {package}")


def without_compilers(gov, directory: Path) -> dict[str, str]:
    """A PATH with nothing that compiles; gov looks in the system's directories all the same."""
    return {"PATH": str(directory)}


def test_c_code_is_compiled_where_there_is_any_by_the_system_s_compiler(gov, project):
    found = build(gov, "linux/amd64")["linux/amd64"]
    assert found["result"] == "proved" and found["c"]["cgo"] and found["c"]["cc"] == "gcc"
    assert run(project, found) == ANSWER
    (entry,) = [
        entry
        for entry in json.loads((project / "dist/artifacts.json").read_text())
        if entry["type"] == "Binary"
    ]
    facts = entry["extra"]["gov"]
    assert facts["settings"]["CGO_ENABLED"] == "1" and facts["c"]["cc"] == "gcc"
    said = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True).stdout
    assert facts["c"]["cc_version"] == said.strip()
    (project / "main.go").write_text("package main\n\nfunc main() {}\n")
    assert not build(gov, "linux/amd64")["linux/amd64"]["c"]["cgo"]


def test_go_is_given_a_compiler_of_one_word_that_it_can_tell_apart(gov, project):
    plan = gov.run("cross", "plan", "linux/amd64", "--json").json["steps"][0]
    environment = dict(entry.split("=", 1) for entry in plan["environment"])
    assert re.fullmatch(r"gov-gcc-[0-9.]+-x86_64-linux-gnu-cc", environment["CC"])
    folder = Path(environment["PATH"].split(":")[0])
    said = subprocess.run(
        [folder / environment["CC"], "-###", "-x", "c", "-c", "-"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0 and "gcc version" in said.stderr
    assert plan["c"]["cc"] == "gcc" and plan["with_c_code"] == ["example.com/answer"]
    text = gov.run("cross", "plan", "linux/amd64").stdout
    assert "C code     gcc" in text and "example.com/answer" in text
    named = gov.run("cross", "cc", "path", "linux/amd64").stdout.strip()
    assert named == str(folder / environment["CC"])


def test_without_a_compiler_the_package_is_named_and_off_leaves_it_out(gov, project):
    result = gov.run("cross", "build", "linux/mips64le", check=5, timeout=300)
    assert "example.com/answer has C code, and there is no C compiler" in result.stderr
    assert "--cgo off leaves the C code out" in result.stderr
    (project / "native").mkdir()
    (project / "native/c.go").write_text('package native\n\nimport "C"\n\nfunc Sum() {}\n')
    (project / "native/go.go").write_text("//go:build !cgo\n\npackage native\n\nfunc Sum() {}\n")
    (project / "main.go").write_text(
        'package main\n\nimport "example.com/answer/native"\n\nfunc main() { native.Sum() }\n'
    )
    found = build(gov, "--cgo", "off", "linux/mips64le", timeout=300)["linux/mips64le"]
    assert found["result"] == "proved"
    assert [finding["rule"] for finding in found["findings"]] == ["cgo-dropped"]
    assert "example.com/answer/native" in found["findings"][0]["message"]


def test_mingw_makes_programs_for_windows_that_need_nothing_else(gov, project):
    needs("i686-w64-mingw32-gcc", "gcc-mingw-w64-i686")
    found = build(gov, "windows/386", "--cc", "mingw", "--crt", "msvcrt")["windows/386"]
    assert found["result"] == "proved" and found["c"]["cc"] == "mingw"
    libraries = {library.lower() for library in found["artifact"]["libraries"]}
    assert libraries == {"kernel32.dll", "msvcrt.dll"}
    wrong = gov.run("cross", "build", "windows/386", "--crt", "ucrt", "--cc", "mingw", check=5)
    assert "there is no mingw for windows/386" in wrong.stderr and "zig has UCRT as well: --cc zig" in wrong.stderr
    foreign = gov.run("cross", "build", "linux/arm64", "--cc", "mingw", check=5)
    assert "it compiles for other systems" in foreign.stderr


def test_a_static_program_needs_no_loader_and_is_proved_so(gov, project):
    needs("musl-gcc", "musl-tools")
    found = build(gov, "linux/amd64", "--static", "--cc", "musl")["linux/amd64"]
    assert found["result"] == "proved" and found["c"]["cc"] == "musl"
    assert found["artifact"]["interpreter"] == "" or found["artifact"]["interpreter"] is None
    assert run(project, found) == ANSWER


def test_what_the_compiler_cannot_keep_is_refused_by_the_artifact(gov, project):
    found = build(gov, "linux/amd64", "--cc", "gcc", "--glibc", "2.3", check=3)["linux/amd64"]
    assert found["result"] == "refused" and rules(found) == ["glibc"]
    assert not (project / "dist/answer-linux-amd64").exists()


def test_headers_outside_a_package_are_part_of_what_the_cache_goes_by(gov, project):
    (project / "inc").mkdir()
    (project / "inc/v.h").write_text("#define V 1\n")
    (project / "lib").mkdir()
    (project / "lib/lib.go").write_text(
        'package lib\n\n// #include "../inc/v.h"\nimport "C"\n\nfunc V() int { return C.V }\n'
    )
    (project / "main.go").write_text(
        'package main\n\nimport "example.com/answer/lib"\n\nfunc main() { println(lib.V()) }\n'
    )
    (project / ".gotoolchain.toml").write_text(
        'go = "1.22.6"\n\n[cross]\ntargets = "linux/amd64"\nc_inputs = ["inc/**/*.h"]\n'
    )
    gov.run("allow")

    def printed() -> str:
        found = build(gov)["linux/amd64"]
        return subprocess.run(
            [project / found["file"]], capture_output=True, text=True
        ).stderr.strip()

    assert printed() == "1"
    (project / "inc/v.h").write_text("#define V 2\n")
    assert printed() == "2"


def test_a_command_of_several_words_can_be_the_compiler(gov, project):
    found = build(gov, "linux/amd64", "--cc", "gcc -DUNUSED")["linux/amd64"]
    assert found["result"] == "proved" and found["c"]["cc"] == "command"
    missing = gov.run("cross", "build", "linux/amd64", "--cc", "no-such-cc", check=5)
    assert "there is no C compiler no-such-cc" in missing.stderr
    gov.run("cross", "build", "--cgo", "maybe", check=2)
    gov.run("cross", "build", "--glibc", "new", check=2)


C_TESTS = """package main

import (
	"os"
	"testing"
)

func TestTwice(t *testing.T) {
	if got := twice(21); got != 42 || os.Getenv("FAILME") != "" {
		t.Fatal(got)
	}
}
"""


@pytest.fixture
def tested(project):
    """The program, with a test of its C code."""
    (project / "twice.go").write_text(
        "package main\n\n// static int twice(int n) { return 2 * n; }\n"
        'import "C"\n\nfunc twice(n int) int { return int(C.twice(C.int(n))) }\n'
    )
    (project / "twice_test.go").write_text(C_TESTS)
    return project


def cross_test(gov, target: str, *arguments: str, check=0, env=None, timeout=600):
    result = gov.run(
        *("cross", "test", "-t", target, *arguments, "--json"),
        check=check,
        env=env,
        timeout=timeout,
    )
    (found,) = result.json["targets"]
    return found


def test_c_code_is_tested_with_the_compiler_that_builds_it(gov, tested):
    found = cross_test(gov, "linux/amd64")
    assert (found["result"], found["runner"], found["c"]["cc"]) == ("passed", "native", "gcc")
    cross_test(gov, "linux/amd64", check=4, env={"FAILME": "1"})
    without = cross_test(gov, "linux/amd64", "--cgo", "off", check=4)
    assert (without["result"], without["c"]["cgo"]) == ("not-built", False)
    asked = cross_test(gov, "linux/amd64", "--cc", "gcc -DASKED", "--cgo", "on")
    assert asked["c"]["cc"] == "command"
    (tested / ".gotoolchain.toml").write_text('go = "1.22.6"\n\n[cross]\ncgo = "off"\n')
    gov.run("allow")
    assert cross_test(gov, "linux/amd64", check=4)["result"] == "not-built"


def test_tests_of_programs_without_c_code_need_no_compiler(gov, tested):
    (tested / "twice.go").write_text("package main\n\nfunc twice(n int) int { return 2 * n }\n")
    (tested / "main.go").write_text("package main\n\nfunc main() {}\n")
    assert cross_test(gov, "linux/amd64")["c"] == {"cgo": False}


@pytest.mark.long
def test_the_race_detector_runs_where_cgo_is_on(gov, tested):
    result = gov.run(
        *("cross", "test", "-t", "linux/amd64", "--cgo", "on", "--json", "--", "-race"),
        timeout=600,
    )
    assert result.json["targets"][0]["result"] == "passed"


def test_c_code_is_tested_in_qemu_statically_or_with_its_c_library(gov, tested):
    needs("qemu-aarch64", "qemu-user")
    needs("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross")
    for asked in ((), ("--static",)):
        found = cross_test(gov, "linux/arm64", "--cc", "gcc", *asked)
        assert (found["result"], found["runner"]) == ("passed", "qemu-aarch64")
        assert found["c"]["cc_target"] == "aarch64-linux-gnu"
        cross_test(gov, "linux/arm64", "--cc", "gcc", *asked, check=4, env={"FAILME": "1"})
        said = gov.run("cross", "run", "--cc", "gcc", *asked, "linux/arm64", timeout=600)
        assert said.stdout == ANSWER


def test_without_a_compiler_tests_of_c_code_are_not_built(gov, tested):
    result = gov.run("cross", "test", "-t", "linux/mips64le", check=4, timeout=300)
    assert "linux/mips64le: not-built" in result.stderr
    assert "example.com/answer has C code, and there is no C compiler" in result.stderr
    assert "gcc-mips64el-linux-gnuabi64" in result.stderr and "--cgo off" in result.stderr


def test_why_c_code_of_tests_does_not_compile_is_explained(gov, tested):
    file = tested / "twice.go"
    file.write_text(file.read_text().replace("// static", "// #include <nosuch.h>\n// static"))
    result = gov.run("cross", "test", "-t", "linux/amd64", check=4, timeout=300)
    assert "fatal error: nosuch.h: No such file or directory" in result.stderr
    assert "header: the C header nosuch.h is not there for the target" in result.stderr
    assert "to do: install its development package" in result.stderr


def test_flags_of_the_project_s_own_are_joined_with_those_of_the_compiler(gov, project):
    needs("musl-gcc", "musl-tools")
    (project / "main.go").write_text(
        C_PROGRAM.replace("import \"C\"", 'extern double sqrt(double);\nimport "C"').replace(
            'fmt.Println("answer", C.twice(21))', 'fmt.Println("answer", C.sqrt(1764))'
        ).replace("*/\nextern double sqrt(double);", "extern double sqrt(double);\n*/")
    )
    found = build(
        gov, "linux/amd64", "--static", "--cc", "musl", "--ldflags", "-s -w -extldflags=-lm"
    )["linux/amd64"]
    assert found["result"] == "proved" and run(project, found) == ANSWER
    refused = gov.run(
        *("cross", "build", "linux/amd64", "--static", "--cc", "musl"),
        *("--ldflags", "-linkmode=internal"),
        check=2,
    )
    assert "the linker flag -linkmode=internal: " in refused.stderr


def write_zig(directory: Path, version: str, extra: str = "") -> Path:
    """A stand-in with the shape of zig's directory, that tells its version."""
    (directory / "lib/std").mkdir(parents=True)
    (directory / "lib/std/std.zig").write_text(f"// std {extra}\n")
    program = directory / "zig"
    program.write_text(f"#!/bin/sh\n[ \"$1\" = version ] && echo {version}\n")
    program.chmod(0o755)
    return directory


def test_a_zig_that_is_installed_has_its_hash_recorded_and_is_refused_when_changed(
    gov, project, directory
):
    first = write_zig(directory / "zig-a", "0.99.1")
    subprocess.run(["tar", "-cJf", directory / "zig.tar.xz", "zig-a"], cwd=directory, check=True)
    said = gov.run("cross", "cc", "install", "zig", "--from", str(directory / "zig.tar.xz"))
    program = Path(said.stdout.strip())
    assert program == gov.govhome / "compilers/zig-0.99.1/zig" and program.exists()
    assert "h1:" in said.stderr
    gov.run("cross", "cc", "install", "zig", "--from", str(first))  # the same content
    listed = gov.run("cross", "cc", "list", "--json", "--cc", "zig", "linux/arm64").json
    assert listed[0]["cc_version"] == "0.99.1" and listed[0]["cc_program"] == str(program)
    other = write_zig(directory / "zig-b", "0.99.1", "other")
    refused = gov.run("cross", "cc", "install", "zig", "--from", str(other), check=3)
    assert "is not the one that was installed" in refused.stderr
    program.write_text(program.read_text() + "# changed\n")
    for command in (["build", "linux/arm64"], ["plan", "linux/arm64"]):
        found = gov.run("cross", *command, "--cc", "zig", check=None)
        assert "its program has changed" in found.stderr + found.stdout
    (directory / "empty").mkdir()
    nothing = gov.run("cross", "cc", "install", "zig", "--from", str(directory / "empty"), check=1)
    assert "there is no zig in it" in nothing.stderr


CXX_STANDIN = """#!/bin/sh
# Compiles for this machine alone, and notes each call that links.
log={log}
case "$1" in
version) echo 0.99.1; exit ;;
cc) compiler=gcc ;;
c++) compiler=g++ ;;
ar) shift; exec ar "$@" ;;
esac
words=
kind=$1
shift 3 # -target TRIPLE
case "$*" in *gov-zig-*/main.c*) echo "$kind warmed" >> "$log" ;; esac
exec $compiler "$@"
"""


def test_zig_builds_the_library_of_cxx_before_the_first_program_that_needs_it(
    gov, project, directory
):
    """zig's first builds harm each other, so that gov makes them, one at a time."""
    log = directory / "log"
    folder = write_zig(directory / "zig", "0.99.1")
    (folder / "zig").write_text(CXX_STANDIN.format(log=log))
    gov.env["PATH"] = f"{folder}:{gov.env['PATH']}"
    build(gov, "linux/amd64", "--cc", "zig", "-o", "first")
    assert log.read_text().splitlines() == ["cc warmed"]
    (project / "half.cc").write_text(
        "#include <string>\n"
        'extern "C" int half(int n) { return std::to_string(n).size() + n / 2; }\n'
    )
    (project / "half.go").write_text(
        'package main\n\n// int half(int);\nimport "C"\n\n'
        "func half() int { return int(C.half(2)) }\n"
    )
    result = gov.run("cross", "build", "linux/amd64", "--cc", "zig", "-o", "second", timeout=600)
    assert "zig 0.99.1 builds its C++ library for x86_64-linux-gnu.2.17, once" in result.stderr
    assert log.read_text().splitlines() == ["cc warmed", "c++ warmed"]
    again = gov.run("cross", "test", "-t", "linux/amd64", "--cc", "zig", check=4, timeout=600)
    assert "which may take minutes" not in again.stderr


def test_zig_of_the_python_package_is_found(gov, project):
    """As pip install --user ziglang puts it."""
    path = f"{gov.env['PATH']}:/usr/bin"
    home = {"HOME": gov.env["HOME"], "PATH": path}
    words = ["python3", "-m", "site", "--user-site"]
    place = subprocess.run(words, env=home, capture_output=True, text=True, cwd="/").stdout.strip()
    folder = write_zig(Path(place) / "ziglang", "0.99.2")
    (folder / "__init__.py").write_text("")
    (found,) = gov.run("cross", "cc", "list", "--json", "--cc", "zig", "linux/arm64").json
    assert (found["cc_version"], found["cc_program"]) == ("0.99.2", str(folder / "zig"))


def with_zig(gov) -> None:
    try:
        place = zig.bring()
    except releases.Unavailable as reason:
        pytest.skip(f"no zig: {reason}")
    gov.env["PATH"] = f"{place}:{gov.env['PATH']}"
    gov.env["ZIG_GLOBAL_CACHE_DIR"] = str(zig.built_libraries())


def with_sqlite(gov, project: Path) -> None:
    answer = json.loads(releases._go("mod", "download", "-json", SQLITE, GOFLAGS="-mod=mod"))
    path, version = SQLITE.split("@")
    write(project, SQLITE_PROGRAM)
    with (project / "go.mod").open("a") as module:
        module.write(f"\nrequire {path} {version}\n")
    (project / "go.sum").write_text(
        f"{path} {version} {answer['Sum']}\n{path} {version}/go.mod {answer['GoModSum']}\n"
    )
    gov.env["GOMODCACHE"] = releases.go_env("GOMODCACHE")
    gov.env["GOPROXY"] = "off"


PROGRAMS = {"c": C_PROGRAM, "net": NET_PROGRAM, "sqlite": SQLITE_PROGRAM}
# Targets, what is asked for, and what runs it here; nothing here runs darwin's.
ROWS = [
    ("linux/amd64", ("--glibc", "2.17"), ()),
    ("linux/amd64", ("--static",), ()),
    ("linux/arm64", ("--static",), ("qemu-aarch64",)),
    ("linux/arm64", ("--glibc", "2.17"), ("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu")),
    ("windows/386", (), "wine"),
    ("windows/amd64", ("--crt", "ucrt"), "wine"),
    ("darwin/arm64", ("--macos-min", "12.0"), None),
]


@pytest.mark.long
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("target, asked, runner", ROWS)
def test_zig_compiles_for_other_systems(gov, project, program, target, asked, runner):
    with_zig(gov)
    if program == "sqlite":
        with_sqlite(gov, project)
    else:
        write(project, PROGRAMS[program])
    found = build(gov, target, *asked, "--cc", "zig", "--timeout", "30m", timeout=3600)[target]
    assert found["result"] == "proved", found["log"]
    facts = found["artifact"]
    assert facts["build_info"]["settings"]["CGO_ENABLED"] == "1"
    if "--glibc" in asked:
        assert tuple(map(int, facts["glibc_floor"].split("."))) <= (2, 17)
    if target.startswith("windows/"):
        assert any(name.lower().startswith("api-ms-win-crt") for name in facts["libraries"])
    if target.startswith("darwin/"):
        assert all(name.startswith(("/usr/lib/", "/System/")) for name in facts["libraries"])
        assert facts["minimum_os"] == "12.0"
    if runner is None:
        pytest.skip(f"built and verified; nothing here runs {target}")
    if runner == "wine":
        wine.put_on_path(gov, target.split("/")[1])
        said = gov.run("cross", "run", *asked, "--cc", "zig", target, timeout=3600)
        assert said.stdout == ANSWER
        return
    if runner:
        needs(runner[0], "qemu-user")
    if "-L" in runner and not Path(runner[-1]).is_dir():
        pytest.skip(f"no C library of {target}; apt-get install libc6-dev-arm64-cross")
    assert run(project, found, *runner) == ANSWER


MINGW = {"386": "i686", "amd64": "x86_64"}


@pytest.mark.long
@pytest.mark.parametrize("arch", MINGW)
@pytest.mark.parametrize("program", ["c", "sqlite"])
def test_programs_for_windows_by_mingw_run_in_wine(gov, project, program, arch):
    needs(f"{MINGW[arch]}-w64-mingw32-gcc", "gcc-mingw-w64")
    if program == "sqlite":
        with_sqlite(gov, project)
    target = f"windows/{arch}"
    found = build(gov, target, "--cc", "mingw", "--timeout", "30m", timeout=3600)[target]
    assert found["result"] == "proved", found["log"]
    libraries = {library.lower() for library in found["artifact"]["libraries"]}
    assert libraries <= {"kernel32.dll", "msvcrt.dll"}
    wine.put_on_path(gov, arch)
    said = gov.run("cross", "run", "--cc", "mingw", target, timeout=3600)
    assert said.stdout == ANSWER


CXX = """#include <stdexcept>
#include <string>
#include <thread>

extern "C" int twice(int n) {
    int result = 0;
    std::thread work([&] {
        try {
            throw std::runtime_error(std::to_string(2 * n));
        } catch (const std::exception &error) {
            result = std::stoi(error.what());
        }
    });
    work.join();
    return result;
}
"""
CXX_MAIN = """package main

// int twice(int);
import "C"

import "fmt"

func main() { fmt.Println("answer", C.twice(21)) }
"""


def write_cxx(project: Path) -> None:
    write(project, CXX_MAIN)
    (project / "twice.cc").write_text(CXX)


def test_cxx_with_threads_and_exceptions(gov, project):
    write_cxx(project)
    found = build(gov, "linux/amd64", "--cc", "gcc")["linux/amd64"]
    assert found["result"] == "proved" and run(project, found) == ANSWER


@pytest.mark.long
def test_cxx_for_windows_needs_no_library_of_mingw(gov, project):
    needs("i686-w64-mingw32-g++-posix", "g++-mingw-w64-i686-posix")
    write_cxx(project)
    found = build(gov, "windows/386", "--cc", "mingw", timeout=1800)["windows/386"]
    assert found["result"] == "proved", found["log"]
    libraries = {library.lower() for library in found["artifact"]["libraries"]}
    assert libraries <= {"kernel32.dll", "msvcrt.dll"}
    wine.put_on_path(gov, "386")
    assert gov.run("cross", "run", "--cc", "mingw", "windows/386", timeout=900).stdout == ANSWER


@pytest.mark.long
def test_cxx_by_zig_brings_its_library(gov, project):
    with_zig(gov)
    write_cxx(project)
    found = build(
        gov, "linux/amd64", "--cc", "zig", "--glibc", "2.17", "--timeout", "30m", timeout=3600
    )["linux/amd64"]
    assert found["result"] == "proved", found["log"]
    assert not any("c++" in name for name in found["artifact"]["libraries"])
    assert run(project, found) == ANSWER


@pytest.mark.long
@pytest.mark.parametrize("arch", MINGW)
def test_c_code_for_windows_is_tested_in_wine(gov, tested, arch):
    needs(f"{MINGW[arch]}-w64-mingw32-gcc", "gcc-mingw-w64")
    wine.put_on_path(gov, arch)
    target = f"windows/{arch}"
    found = cross_test(gov, target, timeout=1800)
    assert (found["result"], found["runner"], found["c"]["cc"]) == ("passed", "wine", "mingw")
    cross_test(gov, target, check=4, env={"FAILME": "1"}, timeout=1800)
