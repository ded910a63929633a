# SPDX-License-Identifier: Apache-2.0
"""How many processes a prompt starts, counted by strace."""

import re
import shutil
import subprocess

import pytest

from terminal import Shell


@pytest.fixture
def traced(home, name):
    """A shell under strace, and a function that ends it and tells what each prompt started."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine")
    if subprocess.run(["strace", "-f", "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine does not let processes be traced")
    trace = home.root / "trace"
    calls = "clone,clone3,fork,vfork,execve,openat"
    shell = Shell(name, home, wrapper=("strace", "-f", "-o", str(trace), "-e", f"trace={calls}"))

    def finish() -> list[tuple[int, list[str]]]:
        shell.exit()
        ready = str(shell.files / "ready")
        prompts = [(0, [])]
        for line in trace.read_text(errors="replace").splitlines():
            forks, programs = prompts[-1]
            if f'"{ready}"' in line:
                prompts.append((0, []))
            elif re.search(r"(clone3?|v?fork)\(", line) and "CLONE_THREAD" not in line:
                prompts[-1] = (forks + 1, programs)
            elif found := re.search(r'execve\("([^"]*)", \[(.*?)\]', line):
                words = re.findall(r'"([^"]*)"', found[2])
                prompts[-1] = (forks, programs + [words[min(1, len(words) - 1)]])
        return prompts

    yield shell, finish
    shell.close()


def test_processes_start_only_where_something_is_new(home, traced):
    shell, finish = traced
    project, other = home.project_on("1.22.6"), home.project_on("1.24.13")
    (project / "sub/deep").mkdir(parents=True)
    (home.root / "plain/deep").mkdir(parents=True)
    steps = [
        (lambda: shell.do(""), 0),
        (lambda: shell.cd(home.root / "plain"), 0),  # no pin governs here either
        (lambda: shell.cd(home.root / "plain/deep"), 0),
        (lambda: shell.cd(project), 1),
        (lambda: shell.do(""), 0),
        (lambda: shell.cd(project / "sub/deep"), 0),
        (lambda: shell.do("true"), 0),
        (lambda: shell.cd("/"), 0),
        (lambda: shell.cd(other), 1),
        (lambda: shell.cd(project), 0),
        (lambda: shell.cd(other), 0),
        (lambda: home.pin(other, "1.22.6") and shell.do(""), 1),
        (lambda: shell.do(""), 0),
        (lambda: home.pin(project / "sub", "1.24.13") and shell.cd(project / "sub/deep"), 1),
        (lambda: shell.cd("/"), 0),
        (lambda: shell.cd(project / "sub"), 0),
    ]
    for step, _ in steps:
        step()
    started = finish()[1 : len(steps) + 1]  # the first is the shell's own start
    assert started == [(count, ["export"] * count) for _, count in steps]


def test_every_kind_of_file_is_watched_without_a_process(home, traced):
    shell, finish = traced
    project = home.root / "p"
    (project / "sub").mkdir(parents=True)

    def write(name, text):
        return lambda: (project / name).write_text(text) and shell.do("")

    steps = [
        (write(".go-version", "1.22.6\n"), 0),  # of elsewhere
        (lambda: shell.cd(project / "sub"), 1),
        (lambda: shell.do(""), 0),
        (write(".go-version", "1.24.13\n"), 1),
        (lambda: shell.do(""), 0),
        (write("sub/.tool-versions", "golang 1.22.6\n"), 1),  # a nearer file
        (lambda: shell.do(""), 0),
        (lambda: (project / "sub/.tool-versions").unlink() or shell.do(""), 0),  # as before
        (lambda: (project / ".go-version").unlink() or shell.do(""), 0),  # as at the start
        (write("go.mod", "module m\n\ngo 1.22.6\n"), 1),
        (lambda: shell.do(""), 0),
        (write("go.work", "go 1.24\n"), 1),
        (lambda: shell.do(""), 0),
        (lambda: home.run("install", "nothing", check=None) and shell.do(""), 0),
        (lambda: home.install("go1.21.1") and shell.do(""), 1),  # a floor may be met otherwise now
        (lambda: shell.do(""), 0),
        (lambda: shell.cd("/"), 0),
    ]
    for step, _ in steps:
        step()
    started = finish()[1 : len(steps) + 1]
    assert started == [(count, ["export"] * count) for _, count in steps]


def test_an_answer_opens_no_heavy_library_and_makes_few_system_calls(home):
    home.pin(home.root, "1.22.6")
    places = []  # of depth 3, or what comes next to it here, and 10
    for depth in (3, 10):
        below = ["d"] * (depth + 1 - len(home.root.parts))
        places.append(home.root.joinpath(*below))
        places[-1].mkdir(parents=True, exist_ok=True)

    def calls(directory, *arguments):
        trace = home.root / "trace"
        command = ["strace", "-o", str(trace), str(home.binary), *arguments]
        subprocess.run(command, cwd=directory, env=home.env, capture_output=True)
        return trace.read_text(errors="replace").splitlines()[:-1]

    if shutil.which("strace") is None or not calls("/", "--version"):
        pytest.skip("this machine does not let processes be traced")
    calls(home.root, "export", "bash")  # makes the reference
    start = len(calls("/", "--version"))
    assert start <= 38
    for directory in places:
        answer = calls(directory, "export", "bash")
        levels = len(directory.parts)
        assert len(answer) - start <= 25 + 7 * levels
        assert len([call for call in answer if call.startswith("write(")]) == 1
        opened = [call for call in answer if "openat" in call and ".so." in call]
        assert not [call for call in opened if not re.search(r"ld\.so|libc\.|libm\.", call)]
