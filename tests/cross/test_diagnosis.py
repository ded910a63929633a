# SPDX-License-Identifier: Apache-2.0
"""gov cross explain: what go and C compilers really print is recognised, and said with a remedy."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from world import releases

RELEASE = "go1.22.6"
LOGS = Path(__file__).resolve().parents[1] / "data/build_logs"

# What stands in the saved logs, by the rule that each is for.
SAVED = {
    "cxx_mingw386.exe": ["cxx-missing"],
    "cxx_mingw386win32.exe": ["cxx-threads"],
    "nocc_darwin_amd64": ["cc-host"],
    "nocc_darwin_arm64": ["cc-host"],
    "nocc_freebsd_amd64": ["cc-sysroot"],
    "nocc_linux_386": ["cc-host"],
    "nocc_linux_arm": ["cc-host"],
    "nocc_linux_arm64": ["cc-host"],
    "nocc_windows_386": ["cc-host"],
    "nocc_windows_amd64": ["cc-host"],
    "nocc_windows_arm64": ["cc-host"],
    "zig_dl_z17_darwin_arm64": ["darwin-sdk"],
    "zig_fw_z17_darwin_arm64": ["darwin-sdk"],
    "zig_int_z17_darwin_arm64": ["darwin-linkmode"],
    "zig_z13_darwin_arm64": ["darwin-old-zig"],
    "zig_z13_darwin_arm64_sw": ["darwin-old-zig"],
    "zig_z13_darwin_arm64_w": ["darwin-old-zig"],
    "zig_z17_darwin_amd64": ["darwin-sdk"],
    "zig_z17_darwin_arm64": ["darwin-strip", "cc-wrong-arch"],
}

# Single lines that this machine may be unable to print, by rule; all were printed somewhere.
LINES = {
    "cc-missing": 'cgo: C compiler "clang" not found: exec: "clang": executable file not found in $PATH',
    "cc-quoting": 'cgo: C compiler "/tmp/my" not found: exec: "/tmp/my": stat /tmp/my: '
    "no such file or directory",
    "mingw-m32": "/usr/bin/x86_64-w64-mingw32-ld: cannot open linker script file "
    "ldscripts/i386pe.x: No such file or directory",
    "cc-host": "aarch64-linux-gnu-gcc: error: unrecognized command-line option '-m64'",
    "pkgconfig": "Package nosuchlib was not found in the pkg-config search path.",
    "lib": 'error: unable to find dynamic system library "nosuch" using strategy paths_first. '
    "searched paths: none",
    "header": "./main.go:4:11: fatal error: nosuch.h: No such file or directory",
    "flag": "example.com/cg2: invalid flag in #cgo CFLAGS: -fplugin=x.so",
    "vcs-owner": "error obtaining VCS status: exit status 128",
    "oom": "/usr/lib/go/pkg/tool/linux_amd64/link: signal: killed",
    "darwin-old-zig": "error: __DATA,__noptrdata: 0x9c68: bad relocation",
    "zig-linker-flag": "error: unsupported linker arg: --no-insert-timestamp",
    "experiment-mixed": 'compile: version "go1.22.6" does not match go tool version '
    '"go1.22.6 X:cacheprog"',
    "wine-too-old": "fatal error: bcryptprimitives.dll not found",
    "wine32-missing": "it looks like wine32 is missing, you should install it.",
    "qemu-libraries": "qemu-aarch64: Could not open '/lib/ld-linux-aarch64.so.1': No such file",
    "exec-format": "fork/exec /tmp/go-build1/b001/tst.test: exec format error",
    "uuid-missing": "dyld[5112]: missing LC_UUID load command in /usr/local/bin/tool",
    "glibc-too-new": "./tool: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found "
    "(required by ./tool)",
    "cgo-dropped": "Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. "
    "This is a stub",
    "cacheprog-died": "GOCACHEPROG exited pre-Close with 1 pending requests",
    "cc-msvc": "cl : Command line warning D9002 : ignoring unknown option '-Wall'",
}

# What is copied from answer to answer and does not work, by rule.
RECIPES = {
    "mingw-m32": 'CC="x86_64-w64-mingw32-gcc -m32" GOOS=windows GOARCH=386 go build',
    "cc-for-target": "CC_FOR_TARGET=arm-linux-gnueabi-gcc GOARCH=arm go build ./...",
    "cache-url": "export GOCACHE=https://cache.example.com/go",
    "experiment-cacheprog": "GOEXPERIMENT=cacheprog GOCACHEPROG=./helper go build",
    "cc-msvc": "set CC=cl.exe && go build",
}


def explain(gov, log: str, *options: str, check: int = 0):
    """gov cross explain with the text at its standard input."""
    finished = subprocess.run(
        [gov.binary, "cross", "explain", *options, "-"],
        **dict(env=gov.environment(), input=log, capture_output=True, encoding="utf-8"),
    )
    assert finished.returncode == check, finished.stderr
    return finished


def ids(gov, log: str) -> list[str]:
    return [found["id"] for found in json.loads(explain(gov, log, "--json").stdout)]


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_log_is_recognised(gov, name):
    result = gov.run("cross", "explain", "--json", str(LOGS / f"{name}.txt"))
    assert [found["id"] for found in result.json] == SAVED[name]
    lines = (LOGS / f"{name}.txt").read_text().splitlines()
    for found in result.json:
        assert lines[found["line_number"] - 1] == found["line"]


def test_every_saved_log_is_expected_to_be_something():
    assert sorted(SAVED) == sorted(path.stem for path in LOGS.glob("*.txt"))


@pytest.mark.parametrize("cases", [LINES, RECIPES], ids=["messages", "recipes"])
def test_lines_are_recognised(gov, cases):
    for rule, line in cases.items():
        assert ids(gov, f"# example.com/x\n{line}\n") == [rule]


GO_MOD = "module example.com/x\n\ngo {}\n"
KILL = 'package main\n\nimport "syscall"\n\nfunc main() { syscall.Kill(0, 0) }\n'
WIDE = "package main\n\nvar wide int = 1 << 40\n\nfunc main() { println(wide) }\n"
NEEDS_C = 'package main\n\nimport "C"\n\nfunc main() {}\n'
USES_C = 'package main\n\nimport "example.com/x/nat"\n\nfunc main() { println(nat.One) }\n'
ELSEWHERE = 'package main\n\nimport _ "example.com/elsewhere"\n\nfunc main() {}\n'
HEADER = 'package main\n\n// #include "nosuch.h"\nimport "C"\n\nfunc main() {}\n'
LIBRARY = "package main\n\n// #cgo LDFLAGS: -lnosuch\nimport \"C\"\n\nfunc main() {}\n"
PLUGIN = "package main\n\n// #cgo CFLAGS: -fplugin=x.so\nimport \"C\"\n\nfunc main() {}\n"
PLAIN = "package main\n\nfunc main() {}\n"
CGO = {"CGO_ENABLED": "1"}

# How each rule is provoked: the program, settings, and flags of go build.
PROVOKED = {
    "port": (KILL, {"GOOS": "windows"}, ()),
    "32bit": (WIDE, {"GOARCH": "386"}, ()),
    "cgo-needed-excluded": (NEEDS_C, {}, ()),
    "cgo-undefined": (USES_C, {}, ()),
    "undefined": ("package main\n\nfunc main() { helper() }\n", {}, ()),
    "module-missing": (ELSEWHERE, {}, ()),
    "target-unknown": (PLAIN, {"GOOS": "macos", "GOARCH": "arm64"}, ()),
    "variant-unknown": (PLAIN, {"GOAMD64": "v9"}, ()),
    "experiment-unknown": (PLAIN, {"GOEXPERIMENT": "cacheprg"}, ()),
    "cache-url": (PLAIN, {"GOCACHE": "https://cache.example.com/go"}, ()),
    "race": (PLAIN, {"GOOS": "windows", "GOARCH": "386"}, ("-race",)),
    "buildmode-cgo": (PLAIN, {}, ("-buildmode=c-shared",)),
    "buildmode": (PLAIN, {"GOOS": "netbsd"}, ("-buildmode=plugin",)),
    "flag-unknown": (PLAIN, {}, ("-json",)),
    "no-main": (PLAIN, {}, ("./empty",)),
    "cc-missing": (NEEDS_C, CGO | {"CC": "no-such-cc"}, ()),
    "cc-msvc": (NEEDS_C, CGO | {"CC": "cl.exe"}, ()),
    "cc-quoting": (NEEDS_C, CGO | {"CC": "/no/my tools/cc"}, ()),
    "cc-host": (NEEDS_C, CGO | {"GOOS": "windows", "CC": "gcc"}, ()),
    "header": (HEADER, CGO, ()),
    "lib": (LIBRARY, CGO, ()),
    "flag": (PLUGIN, CGO, ()),
}


@pytest.fixture(scope="session")
def go(world, tmp_path_factory):
    """What a real release prints for a program that it cannot build."""
    try:
        releases.bring(RELEASE)
    except releases.Unavailable as reason:
        pytest.skip(f"no genuine releases: {reason}")

    def build(main: str, changes: dict[str, str], words: tuple[str, ...], floor: str = "1.21"):
        source = tmp_path_factory.mktemp("failing")
        for name in ("nat", "empty"):
            (source / name).mkdir()
        (source / "nat/nat.go").write_text('package nat\n\nimport "C"\n\nconst One = 1\n')
        (source / "nat/doc.go").write_text("package nat\n")
        (source / "go.mod").write_text(GO_MOD.format(floor))
        (source / "main.go").write_text(main)
        settings = {"GOENV": "off", "GOFLAGS": "", "GOPROXY": "off", "GOTOOLCHAIN": RELEASE}
        settings |= {"GOCACHE": str(world.build_cache), "CGO_ENABLED": "0"}
        goroot = subprocess.run(
            ["go", "env", "GOROOT"],
            **dict(env=os.environ | settings | {"GOPROXY": releases.go_env("GOPROXY")}),
            **dict(cwd=source.parent, capture_output=True, text=True, check=True),
        ).stdout.strip()
        finished = subprocess.run(
            [f"{goroot}/bin/go", "build", "-o", os.devnull, *words],
            **dict(env=os.environ | settings | {"GOTOOLCHAIN": "local"} | changes),
            **dict(cwd=source, capture_output=True, text=True),
        )
        assert finished.returncode != 0
        return finished.stderr

    return build


@pytest.mark.parametrize("rule", PROVOKED)
def test_what_go_really_prints_is_recognised(gov, go, rule):
    main, changes, words = PROVOKED[rule]
    if "CGO_ENABLED" in changes and shutil.which("gcc") is None:
        pytest.skip("there is no gcc")
    assert ids(gov, go(main, changes, words))[0] == rule


def test_what_is_undefined_is_named_with_the_file_that_uses_it(gov, go):
    log = go(*PROVOKED["cgo-undefined"])
    assert "cgo-undefined: ./main.go:5 uses nat.One, which no file" in explain(gov, log).stdout


def test_a_module_that_wants_a_newer_go_is_recognised(gov, go):
    log = go(PLAIN, {}, (), floor="1.23.0")
    assert "Go 1.23.0" in explain(gov, log).stdout
    assert ids(gov, log) == ["go-too-old"]


@pytest.mark.parametrize(
    "main, rule, own",
    [
        (KILL, "port", "undefined: syscall.Kill"),
        (NEEDS_C, "cgo-needed-excluded", "build constraints exclude all Go files"),
    ],
    ids=["compiler", "go-list"],
)
def test_a_failed_build_tells_what_it_means(gov, installed, main, rule, own):
    installed("go1.22.6")
    (gov.project / "go.mod").write_text(GO_MOD.format("1.21"))
    (gov.project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    (gov.project / "main.go").write_text(main)
    words = ("cross", "build", "windows/386", "--cgo", "off", "--json")
    recipe = {"CC_FOR_TARGET": "i686-w64-mingw32-gcc"}
    result = gov.run(*words, check=None, env=recipe, timeout=300)
    said = result.stderr.splitlines()
    places = [next(i for i, line in enumerate(said) if text in line) for text in (own, f"{rule}: ")]
    assert places == sorted(places) and "to do: " in said[places[1] + 1]
    (artifact,) = result.json["artifacts"]
    assert own in artifact["log"]
    assert [found["id"] for found in artifact["diagnoses"]] == [rule]
    assert "CC_FOR_TARGET is set, but cross builds do not use it" in result.stderr


def test_objects_of_another_compiler_are_recognised(gov, directory):
    compiler = next(filter(shutil.which, ("clang", "clang-19", "clang-14")), None)
    if compiler is None or shutil.which("i686-w64-mingw32-gcc") is None:
        pytest.skip("needs clang, which can write Microsoft's objects, and MinGW")
    source = directory / "guarded.c"
    source.write_text("void fill(char *); int guarded(void) { char t[64]; fill(t); return t[0]; }\n")
    (directory / "main.c").write_text(
        "int guarded(void); void fill(char *t) { *t = 1; } int main(void) { return guarded(); }\n"
    )
    there = dict(cwd=directory, capture_output=True, text=True)
    clang = [compiler, "--driver-mode=cl", "--target=i686-pc-windows-msvc", "/GS", "/c", source.name]
    subprocess.run([*clang, "/Foguarded.obj"], check=True, **there)
    linked = subprocess.run(["i686-w64-mingw32-gcc", "main.c", "guarded.obj"], **there)
    assert linked.returncode != 0
    assert ids(gov, linked.stderr) == ["msvc-objects"]


def test_a_rule_is_explained_by_itself(gov):
    listed = gov.run("cross", "explain").stdout
    names = [line.split()[0] for line in listed.splitlines()]
    assert len(names) == len(set(names)) and {"cc-host", "glibc", "mingw-m32"} <= set(names)
    shown = gov.run("cross", "explain", "cxx-missing").stdout
    assert shown.startswith("cxx-missing: a package has C++ code, and there is no COMPILER++")
    assert "\n  to do: install the C++ half" in shown
    (rule,) = gov.run("cross", "explain", "glibc", "--json").json
    assert (rule["id"], rule["line"], rule["line_number"]) == ("glibc", None, None)
    assert [rule["id"] for rule in gov.run("cross", "explain", "--json").json] == names


def test_what_cannot_be_explained_is_said(gov, directory):
    misspelled = gov.run("cross", "explain", "cc-hots", check=2)
    assert "cc-hots is neither a rule nor a file" in misspelled.stderr
    assert "did you mean cc-host?" in misspelled.stderr
    assert "nothing in standard input is known" in explain(gov, "all is well\n", check=1).stderr
    assert "regular file" in gov.run("cross", "explain", str(directory), check=1).stderr


def test_nothing_of_a_log_steers_the_terminal(gov):
    shown = explain(gov, "\x1b[2J./a.go:1:2: undefined: x\x1b]0;title\n").stdout
    assert "\x1b" not in shown and r"\x1b[2J./a.go" in shown
