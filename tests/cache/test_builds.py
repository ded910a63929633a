# SPDX-License-Identifier: Apache-2.0
"""Builds by real Go releases with a shared build cache: gov cross build, go build, push and pull."""

import hashlib
import subprocess
import threading
import time

import pytest

MAIN = """package main

import "example.com/hello/greet"

func main() { println(greet.Hello()) }
"""
GREET = """package greet

func Hello() string { return "hello" }
"""
OLD, NEW = "go1.22.6", "go1.24.13"  # the one knows no GOCACHEPROG


class Machine:
    """A machine of its own: what gov and go keep, and a program to build."""

    def __init__(self, gov, name: str) -> None:
        self.gov, self.name, self.root = gov, name, gov.root / name
        self.project = self.root / "src"
        self.env = {"XDG_CACHE_HOME": str(self.root / "cache"), "GOCACHE": str(self.root / "go-build"),
                    "GOV_TIMEOUT": "5"}

    def write(self, release: str, table: str = "") -> None:
        (self.project / "greet").mkdir(parents=True)
        (self.project / "go.mod").write_text("module example.com/hello\n\ngo 1.21\n")
        (self.project / "main.go").write_text(MAIN)
        (self.project / "greet/greet.go").write_text(GREET)
        (self.project / ".gotoolchain.toml").write_text(f'go = "{release[2:]}"\n{table}')

    def build(self, **options):
        return self.gov.run("cross", "build", "linux/amd64", cwd=self.project, timeout=600,
                            env=self.env, **options)

    def run(self, *words: str, **options):
        return self.gov.run(*words, cwd=self.project, env=self.env, timeout=300, **options)

    def stats(self) -> dict:
        return self.run("cache", "stats", "--json").json

    def program(self) -> bytes:
        path = self.project / "dist/hello-linux-amd64"
        assert subprocess.run([path], capture_output=True).stderr == b"hello\n"
        return path.read_bytes()


@pytest.fixture
def machines(gov, installed, shared, configure):
    """Machines with a release, the program, and the shared cache."""
    configure(f'[cache]\nremote = "{shared.url}"\ntimeout = 2\n')

    def make(release: str, *names: str) -> list[Machine]:
        installed(release)
        made = [Machine(gov, name) for name in names]
        for machine in made:
            machine.write(release)
        return made

    return make


@pytest.mark.parametrize("release", (OLD, NEW))
def test_a_second_machine_compiles_nothing(machines, shared, configure, release):
    first, second = machines(release, "first", "second")
    configure(f'[cache]\nremote = "{shared.url}"\ntimeout = 60\n')  # so that all of it is put
    assert "shared cache" not in first.build().stderr
    assert len(shared.asked("PUT", "/ac/")) > 20
    put = len(shared.asked("PUT"))
    assert "shared cache" not in second.build().stderr
    assert second.program() == first.program()
    # Go's indexes of folders, whose keys are made of paths and times, stay where they are made.
    assert shared.asked("PUT")[put:] == []
    told = second.stats()
    assert told["remote_hits"] > 20
    assert told["wrong"] == told["failures"] == 0


@pytest.mark.parametrize("release", (OLD, NEW))
def test_a_cache_that_hangs_costs_one_timeout_and_one_line(machines, shared, release):
    (machine,) = machines(release, "first")
    machine.build()  # so that there is nothing to compile below, and only waiting takes long
    subprocess.run(["rm", "-rf", machine.root / "cache/gov/build-cache"], check=True)
    (machine.project / "greet/greet.go").write_text(GREET.replace('"hello"', '"hel" + "lo"'))
    shared.hangs = True
    start = time.monotonic()
    said = machine.build().stderr
    took = time.monotonic() - start
    machine.program()
    assert said.count("is not used any more") == 1
    shared.close()
    (machine.project / "greet/greet.go").write_text(GREET.replace('"hello"', '"he" + "llo"'))
    start = time.monotonic()
    machine.build()
    assert took < (time.monotonic() - start) * 2 + 3 * 2


def test_a_lying_cache_gives_right_programs(machines, shared):
    first, second = machines(NEW, "first", "second")
    first.build()
    shared.lies_in = "/cas/"
    said = second.build().stderr
    assert second.program() == first.program()
    assert said.count("its answers are not true") == 1


@pytest.mark.long
def test_a_cache_that_is_killed_in_the_middle_harms_nothing(machines, shared):
    first, second = machines(NEW, "first", "second")
    first.build()

    def kill() -> None:
        while len(shared.asked("GET")) < 60:
            time.sleep(0.01)
        shared.close()

    threading.Thread(target=kill, daemon=True).start()
    second.build()
    assert second.program() == first.program()


def test_a_projects_own_cache_stays_apart(gov, machines, shared, configure):
    configure("")
    (machine,) = machines(NEW, "first")
    configure("")
    table = f'\n[cross.cache]\nremote = "{shared.url}"\n'
    (machine.project / ".gotoolchain.toml").write_text(f'go = "{NEW[2:]}"\n{table}')
    assert "gov allow" in machine.build(check=9).stderr
    assert shared.requests == []
    machine.run("allow")
    machine.build()
    machine.program()
    assert shared.asked("PUT", "/ac/")
    # What go list keeps, its index of folders, is none of the build's.
    assert not any(path.read_bytes().startswith((b"!<arch>", b"\x7fELF"))
                   for path in (machine.root / "go-build").glob("*/*-d"))
    (own,) = (machine.root / "cache/gov").glob("go-build-*")
    assert list(own.glob("*/*-a"))


def test_go_build_by_hand_uses_it(gov, machines, shared, installed):
    first, second = machines(NEW, "first", "second")
    go = gov.goroot(NEW) / "bin/go"
    for machine in (first, second):
        env = gov.environment({**machine.env, "GOCACHEPROG": f"{gov.binary} cache helper",
                               "GOTOOLCHAIN": "local", "GOFLAGS": "-trimpath", "CGO_ENABLED": "0"})
        ran = subprocess.run([go, "build", "-x", "-o", machine.root / "program", "."], env=env,
                             cwd=machine.project, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        compiled = ran.stderr.count("/compile -o ")
        assert compiled == 0 if machine is second else compiled > 10
    digests = {hashlib.sha256((machine.root / "program").read_bytes()).hexdigest()
               for machine in (first, second)}
    assert len(digests) == 1


def test_push_and_pull_by_hand(gov, machines, shared, installed):
    first, second = machines(OLD, "first", "second")
    assert first.run("cache", "pull", check=0).stdout.startswith("0 results listed")
    first.gov.run("exec", "--", "go", "build", "-trimpath", "-o", str(first.root / "program"), ".",
                  cwd=first.project, env={**first.env, "CGO_ENABLED": "0"}, timeout=600)
    pushed = first.run("cache", "push", "linux/amd64", "--json").json
    assert pushed["stored"] > 20
    assert first.run("cache", "push", "linux/amd64", "--json").json["stored"] == 0
    pulled = second.run("cache", "pull", "linux/amd64", "--json").json
    assert pulled["remote_hits"] == pulled["gets"] == pushed["stored"] - 1  # the manifest
    again = second.run("cache", "pull", "linux/amd64").stdout
    assert f"{pulled['gets']} were here, 0 brought" in again
    ran = second.gov.run("exec", "--", "go", "build", "-x", "-trimpath", "-o",
                         str(second.root / "program"), ".", cwd=second.project,
                         env={**second.env, "CGO_ENABLED": "0"}, timeout=600)
    assert "/compile -o " not in ran.stderr
    other = second.run("cache", "pull", "windows/386").stdout
    assert other.startswith("0 results listed")


def test_push_and_pull_say_what_is_wrong(gov, machines, shared, configure):
    (machine,) = machines(OLD, "first")
    shared.refuses = {"GET": 403}
    failed = machine.run("cache", "pull", check=7)
    assert "is not used any more" in failed.stderr and "403" in failed.stderr
    configure(f'[cache]\nremote = "{shared.url}"\nmode = "read-only"\n')
    assert "for reading only" in machine.run("cache", "push", check=2).stderr
    assert "--since" in machine.run("cache", "push", "--since", "soon", check=2).stderr
    configure("")
    for command in ("push", "pull"):
        assert "no shared cache is set" in machine.run("cache", command, check=2).stderr
