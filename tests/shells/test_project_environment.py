# SPDX-License-Identifier: Apache-2.0
"""What a project's file sets in real shells, as its user trusts it, and what leaving gives back."""

import os
import re
import shutil
import subprocess
import time

import pytest

from terminal import Shell, quoted

ENV = """go = "1.22.6"

[env]
APP_HOME = "{project}/run"
EMPTY = ""
GONE = false
GOFLAGS = "-mod=readonly"
dotenv = [".env"]

[path]
prepend = ["bin"]
"""
NAMES = ("APP_HOME", "EMPTY", "GONE", "GOFLAGS", "FROM_FILE")


def project_of(home, name="project-with-env", text=ENV):
    directory = home.root / name
    directory.mkdir(parents=True, exist_ok=True)
    (directory / ".gotoolchain.toml").write_text(text)
    return directory


def allow(home, directory, *options) -> None:
    home.run("allow", *options, cwd=directory)


def values(shell) -> dict:
    environment = shell.environment()
    return {name: environment[name] for name in NAMES if name in environment}


def set_variable(shell, name: str, value: str):
    word = quoted(shell.name, value)
    return shell.do(f"set -gx {name} {word}" if shell.name == "fish" else f"export {name}={word}")


def inside(project) -> dict:
    return {"APP_HOME": f"{project}/run", "EMPTY": "", "GOFLAGS": "-mod=readonly"}


def untrusted(project) -> list[str]:
    return [
        f"gov: {project}/.gotoolchain.toml sets nothing until it is allowed (it asks for APP_HOME, "
        "EMPTY, GOFLAGS, GONE, what .env says and PATH); see it and allow it: gov allow"
    ]


def test_an_untrusted_file_chooses_a_version_and_says_once_what_it_asks_for(home, start):
    project = project_of(home)
    shell = start(env={"GONE": "here"})
    assert shell.cd(project).said == untrusted(project)
    assert values(shell) == {"GONE": "here"}
    assert shell.value("PATH") == home.bin("go1.22.6") + ":" + home.env["PATH"]
    for directory in ("/", project) * 5:
        assert shell.cd(directory).said == []


def test_what_is_allowed_is_set_and_given_back(home, start):
    project = project_of(home)
    (project / "sub").mkdir()
    (project / ".env").write_text("FROM_FILE='a  b'\n")
    allow(home, project)
    before = {"GONE": "here", "EMPTY": "full"}
    shell = start(env=before)
    for _ in range(2):  # the second time from what the shell remembers
        assert shell.cd(project / "sub").said == []
        assert values(shell) == {**inside(project), "FROM_FILE": "a  b"}
        path = f"{home.bin('go1.22.6')}:{project}/bin:{home.env['PATH']}"
        assert shell.value("PATH") == path
        assert shell.cd("/").said == []
        assert values(shell) == before
        assert shell.value("PATH") == home.env["PATH"]
        assert shell.value("GOV_STATE") is None


def test_consent_and_its_end_are_noticed_at_the_next_prompt(home, start):
    project = project_of(home)
    shell = start(project)
    assert shell.first.said == untrusted(project)
    allow(home, project)
    assert shell.do("").said == []
    assert values(shell) == inside(project)
    (project / ".env").write_text("FROM_FILE=1\n")
    changed = [
        f"gov: {project}/.gotoolchain.toml sets nothing: it or a file that it reads has changed "
        "since it was allowed; see the difference and allow it: gov allow"
    ]
    assert shell.do("").said == changed
    assert values(shell) == {}
    assert shell.do("").said == []
    allow(home, project)
    assert shell.do("").said == []
    assert values(shell) == {**inside(project), "FROM_FILE": "1"}
    (project / ".env").unlink()
    assert shell.do("").said == changed
    home.run("deny", cwd=project)
    assert shell.do("").said == []
    assert values(shell) == {}


def test_what_the_user_changed_inside_stays_and_is_said_once(home, start):
    project = project_of(home)
    allow(home, project)
    shell = start(project, env={"GONE": "before"})
    set_variable(shell, "GOFLAGS", "-race")
    set_variable(shell, "GONE", "mine")
    said = shell.cd("/").said
    assert sorted(said) == [
        f"gov: {name} is no longer what gov set it to: it stays as it is"
        for name in ("GOFLAGS", "GONE")
    ]
    assert values(shell) == {"GOFLAGS": "-race", "GONE": "mine"}
    assert shell.cd(home.root).said == []
    shell.cd(project)
    assert values(shell) == inside(project)
    shell.cd("/")
    assert values(shell) == {"GOFLAGS": "-race", "GONE": "mine"}


def test_nested_projects_and_inheritance(home, start):
    outer = project_of(home, "outer", '[env]\nAPP_HOME = "{project}"\nGOFLAGS = "-outer"\n')
    inner = project_of(home, "outer/inner", 'inherit = true\nenv.GOFLAGS = "-inner"\n')
    alone = project_of(home, "outer/alone", 'env.EMPTY = ""\n')
    for directory in (outer, alone, inner):
        allow(home, directory)
    shell = start(inner)
    assert values(shell) == {"APP_HOME": str(outer), "GOFLAGS": "-inner"}
    shell.cd(alone)
    assert values(shell) == {"EMPTY": ""}
    shell.cd(outer)
    assert values(shell) == {"APP_HOME": str(outer), "GOFLAGS": "-outer"}
    shell.cd(inner)
    (outer / ".gotoolchain.toml").write_text('env.APP_HOME = "changed"\n')
    said = shell.do("").said
    assert len(said) == 1 and said[0].endswith(f"gov allow '{outer}'")
    assert values(shell) == {}


def test_a_missing_release_does_not_keep_the_variables_away(home, start):
    project = project_of(home, text='go = "1.21.1"\n[env]\nAPP_HOME = "x"\nEMPTY = "{goroot}"\n')
    allow(home, project)
    shell = start(project)
    assert any("go1.21.1 is not installed" in line for line in shell.first.said)
    assert values(shell) == {"APP_HOME": "x"}
    home.install("go1.21.1")
    shell.do("")
    assert values(shell) == {"APP_HOME": "x", "EMPTY": str(home.goroot("go1.21.1"))}
    shell.cd("/")
    assert values(shell) == {}


ODD = ("a'b", "$(touch PWN)", "`touch PWN`", "\\", "a\\'; touch PWN; \\'", "x' ; touch PWN #",
       "two\nlines\n", "%s %n", "!!", "~", "=ls", " lead", "\u2019; touch PWN; \u2019", "\u001b[2J",
       "{{braces}}", "a:b::c:", "-n")  # fmt: skip


def test_odd_values_arrive_byte_for_byte_and_run_nothing(home, start):
    lines = [f"V{i} = {_toml(value)}" for i, value in enumerate(ODD)]
    lines += [f"V{i}_PATH = {_toml(value)}" for i, value in enumerate(ODD) if ":" in value]
    project = project_of(home, "it's $(touch PWN)", "[env]\n" + "\n".join(lines) + "\n")
    allow(home, project)
    shell = start()
    before = shell.environment()
    shell.cd(project)
    environment = shell.environment()
    for i, value in enumerate(ODD):
        wanted = value.replace("{{", "{").replace("}}", "}")
        assert environment[f"V{i}"] == wanted
        assert environment.get(f"V{i}_PATH", wanted) == wanted
    shell.cd(home.project)
    after = shell.environment()
    changes = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert changes <= {"_", "OLDPWD", "PWD"}
    assert not list(home.root.rglob("PWN"))


def test_shells_that_ask_each_time_get_and_give_back_the_same(home, asking, start_asking):
    lines = "".join(f"V{i} = {_toml(value)}\n" for i, value in enumerate(ODD))
    project = project_of(home, text=ENV.replace("dotenv", lines + "dotenv"))
    (project / ".env").write_text("FROM_FILE='a  b'\n")
    before = {"GONE": "here", "EMPTY": "full"}
    shell = start_asking(env=before)
    shell.cd(project)
    assert values(shell) == before
    allow(home, project)
    for _ in range(2):
        shell.do("")
        assert values(shell) == {**inside(project), "FROM_FILE": "a  b"}
        environment = shell.environment()
        wanted = [value.replace("{{", "{").replace("}}", "}") for value in ODD]
        assert [environment[f"V{i}"] for i in range(len(ODD))] == wanted
        path = f"{home.bin('go1.22.6')}:{project}/bin:{home.env['PATH']}"
        assert environment["PATH"] == path
        shell.cd("/")
        assert values(shell) == before
        assert shell.value("PATH") == home.env["PATH"]
        assert shell.value("V0") is None and shell.value("GOV_STATE") is None
        shell.cd(project)
    home.run("deny", cwd=project)
    shell.do("")
    assert values(shell) == before
    assert not list(home.root.rglob("PWN"))


@pytest.mark.parametrize("name", ("dash", "ksh", "mksh", "bash", "zsh"))
def test_a_script_gets_what_is_allowed_from_sh(home, name):
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not on this machine")
    lines = "".join(f"V{i} = {_toml(value)}\n" for i, value in enumerate(ODD))
    project = project_of(home, text=ENV.replace("dotenv", lines + "dotenv"))
    allow(home, project)
    gov = quoted("dash", str(home.binary))
    script = "set -eu\n"
    for place, file in ((project, "inside"), ("/", "outside")):
        script += f'cd {place}\neval "$({gov} export sh)"\nenv -0 > {home.root}/{file}\n'
    before = {"GONE": "here", "EMPTY": "full"}
    done = subprocess.run([name, "-c", script], env=home.environment(before), capture_output=True)
    assert done.returncode == 0 and done.stderr == b""
    told = _environment_in(home.root / "inside")
    assert {key: told[key] for key in NAMES if key in told} == inside(project)
    wanted = [value.replace("{{", "{").replace("}}", "}") for value in ODD]
    assert [told[f"V{i}"] for i in range(len(ODD))] == wanted
    told = _environment_in(home.root / "outside")
    assert {key: told[key] for key in NAMES if key in told} == before
    assert told["PATH"] == home.env["PATH"] and "V0" not in told and "GOV_STATE" not in told
    assert not list(home.root.rglob("PWN"))


def _environment_in(file) -> dict:
    entries = file.read_bytes().decode().split("\0")[:-1]
    return dict(entry.split("=", 1) for entry in entries)


def _toml(value: str) -> str:
    return '"' + "".join(f"\\u{ord(c):04x}" if c in '"\\' or c < " " else c for c in value) + '"'


def test_an_active_environment_costs_no_process_at_a_prompt(home, name):
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine")
    if subprocess.run(["strace", "-f", "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine does not let processes be traced")
    project = project_of(home)
    (project / ".env").write_text("FROM_FILE=1\n")
    allow(home, project)
    trace = home.root / "trace"
    wrapper = ("strace", "-f", "-o", str(trace), "-e", "trace=execve")
    shell = Shell(name, home, wrapper=wrapper)
    steps = (lambda: shell.cd(project), *[lambda: shell.do("")] * 3, lambda: shell.cd("/"))
    try:
        for step in steps * 2:
            step()
        exported = re.findall(r'"export", "(\w+)"', trace.read_text(errors="replace"))
        assert len(exported) == 2  # at the start, and on entering for the first time
        now = time.time_ns()
        os.utime(project / ".env", ns=(now, now))  # the same content: asks, and says nothing
        assert shell.cd(project).said == []
        assert values(shell)["FROM_FILE"] == "1"
    finally:
        shell.close()


def test_of_two_things_to_say_only_the_new_one_is_said(home, start):
    project = project_of(home)
    (project / "go.mod").write_text("module m\n\ngo 1.24\n")
    floor = f"gov: {project}/go.mod requires go >= 1.24 but the pin is 1.22.6"
    shell = start()
    said = shell.cd(project).said
    assert said[0].startswith(floor) and said[1:] == untrusted(project)
    allow(home, project)
    assert shell.do("").said == []
    (project / ".gotoolchain.toml").write_text(ENV + "# more\n")
    (line,) = shell.do("").said
    assert "has changed since it was allowed" in line
