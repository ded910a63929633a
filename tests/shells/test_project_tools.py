# SPDX-License-Identifier: Apache-2.0
"""[tools] of an allowed project in real shells: on PATH inside it, once they are built, and nowhere else."""

import subprocess

import pytest

from terminal import Shell
from world import modules

GO = "go1.22.6"
MODULE = "tools.example.org/greet"
MAIN = 'package main\n\nfunc main() { println("greetings") }\n'


@pytest.fixture
def project(gov, server, installed):
    """A project that wants the program greet, with a module proxy that has it."""
    installed(GO)
    files = {"go.mod": f"module {MODULE}\n\ngo 1.21\n", "main.go": MAIN}
    server.routes |= modules.routes(MODULE, {"v1.0.0": files})
    gov.env |= {"GONOSUMDB": "tools.example.org", "GOMODCACHE": str(gov.root / "modules")}
    (gov.project / "below").mkdir()
    text = f'go = "1.22.6"\n\n[tools]\ngreet = "{MODULE}@v1.0.0"\n'
    (gov.project / ".gotoolchain.toml").write_text(text)
    yield gov.project
    subprocess.run(["chmod", "-R", "u+w", gov.root / "modules"], check=False)


@pytest.fixture
def shell(gov, name):
    shell = Shell(name, gov, gov.home)
    yield shell
    shell.close()


def entries(shell) -> list[str]:
    """What stands on PATH."""
    return shell.value("PATH").split(":")


def test_tools_are_on_path_inside_the_project_alone(gov, project, shell):
    before = entries(shell)
    assert "it asks for tools" in shell.cd(project).text
    assert entries(shell) == [f"{gov.goroot(GO)}/bin", *before]
    gov.run("allow")
    assert "(greet); run: gov tools install" in shell.do("").text
    (built,) = gov.run("tools", "install").stdout.split()  # as in another terminal
    assert shell.do("").said == []
    tools = built.rsplit("/", 1)[0]
    for place in (project, project / "below", project):
        assert shell.cd(place).said == []
        assert entries(shell) == [f"{gov.goroot(GO)}/bin", tools, *before]
        assert "greetings" in shell.do("greet").lines
    told = [line.split()[-1] for line in shell.do("gov status").lines if line.startswith("on PATH")]
    assert told == [f"{gov.goroot(GO)}/bin", tools]
    shell.cd(gov.home)
    assert entries(shell) == before
    assert "greetings" not in shell.do("greet").lines
    shell.cd(project)
    assert entries(shell)[1] == tools


def test_other_bytes_take_the_tools_away_until_they_are_allowed(gov, project, shell):
    gov.run("allow")
    (built,) = gov.run("tools", "install").stdout.split()
    shell.cd(project)
    assert "greetings" in shell.do("greet").lines
    file = project / ".gotoolchain.toml"
    file.write_text(file.read_text() + "# more\n")
    assert "has changed since it was allowed" in shell.do("").text
    assert built.rsplit("/", 1)[0] not in entries(shell)
    gov.run("allow")
    assert shell.do("").said == []
    assert built.rsplit("/", 1)[0] in entries(shell)
