# SPDX-License-Identifier: Apache-2.0
"""gov export for programs that are no shells, and for direnv, which runs here."""

import re
import shutil
import subprocess
import time

import pytest

from test_story import assert_off, assert_on


@pytest.fixture
def project(home):
    return home.project_on("1.22.6", "a project")


def test_json_tells_what_to_set(home, project):
    told = home.run("export", "json", cwd=project).json
    goroot = str(home.goroot("go1.22.6"))
    assert told == {
        "env": {"GOROOT": goroot, "GOTOOLCHAIN": "local"},
        "unset": [],
        "path": [f"{goroot}/bin"],
    }


@pytest.mark.parametrize("reader", ("json", "gha", "dotenv", "systemd"))
def test_nothing_is_told_where_the_release_is_missing(home, reader):
    files = {"GITHUB_ENV": str(home.root / "env"), "GITHUB_PATH": str(home.root / "path")}
    for file in files.values():
        open(file, "w").close()
    told = home.run("export", reader, cwd=home.project_on("1.21.1"), env=files, check=6)
    assert told.stdout == "" and "is not installed" in told.stderr
    home.run("export", reader, check=6)
    assert all(open(file).read() == "" for file in files.values())


def github_env(text: str) -> dict[str, str]:
    """What GitHub Actions reads from the file: NAME<<DELIMITER, lines, DELIMITER."""
    values = {}
    lines = iter(text.split("\n"))
    for line in lines:
        if found := re.fullmatch(r"(\w+)<<(.+)", line):
            value = []
            while (line := next(lines)) != found[2]:
                value.append(line)
            values[found[1]] = "\n".join(value)
    return values


def test_a_workflow_gets_files(home, project):
    variables, entries = home.root / "github env", home.root / "github path"
    variables.write_text("BEFORE=1\n")
    entries.write_text("/before\n")
    env = {"GITHUB_ENV": str(variables), "GITHUB_PATH": str(entries)}
    assert home.run("export", "gha", cwd=project, env=env).stdout == ""
    text = variables.read_text()
    assert text.startswith("BEFORE=1\n")
    goroot = str(home.goroot("go1.22.6"))
    assert github_env(text) == {"GOROOT": goroot, "GOTOOLCHAIN": "local"}
    assert entries.read_text() == f"/before\n{goroot}/bin\n"
    delimiters = set(re.findall("<<(.*)", text))
    home.run("export", "gha", cwd=project, env=env)
    assert not delimiters & set(re.findall("<<(.*)", variables.read_text()[len(text) :]))
    refused = home.run("export", "gha", cwd=project, check=2)
    assert "GITHUB_ENV is not set: this is no job of GitHub Actions" in refused.stderr


def test_a_posix_shell_reads_systemd_s_file_alike(home, project):
    file = home.root / "unit.env"
    file.write_text(home.run("export", "systemd", cwd=project, env={"PATH": "/a $x\\`y\\\"z"}).stdout)
    script = f". '{file}'; /usr/bin/printf '%s\\n' \"$GOROOT\" \"$PATH\""
    told = subprocess.run(["dash", "-c", script], capture_output=True, text=True, check=True).stdout
    goroot = home.goroot("go1.22.6")
    assert told == f"{goroot}\n{goroot}/bin:/a $x\\`y\\\"z\n"


@pytest.fixture
def direnv(home):
    """direnv with gov's library, as gov hook direnv prints it; what it may do in the project."""
    if shutil.which("direnv") is None:
        pytest.skip("direnv is not on this machine")
    library = home.root / "config/direnv/lib/gov.sh"
    library.parent.mkdir(parents=True)
    library.write_text(home.run("hook", "direnv").stdout)

    def allow(directory, text):
        (directory / ".envrc").write_text(text)
        subprocess.run(["direnv", "allow", directory], env=home.env, check=True)

    return allow


def test_direnv_reads_the_env_file(home, project, direnv):
    (project / "file.env").write_text(home.run("export", "dotenv", cwd=project).stdout)
    direnv(project, "dotenv file.env\n")
    told = subprocess.run(
        ["direnv", "exec", project, "/usr/bin/env"], env=home.env, capture_output=True, text=True
    )
    assert f"GOROOT={home.goroot('go1.22.6')}\n" in told.stdout, told.stderr


def test_use_gov_gives_direnv_the_toolchain(home, project, direnv):
    direnv(project, "use gov\n")
    run = ("direnv", "exec", project, "/usr/bin/env")
    told = subprocess.run(run, env=home.env, capture_output=True, text=True, check=True).stdout
    assert f"GOROOT={home.goroot('go1.22.6')}\n" in told
    assert f"PATH={home.bin('go1.22.6')}:" in told and "GOV_STATE" not in told
    direnv(project, "use gov 1.24.13\n")
    told = subprocess.run(run, env=home.env, capture_output=True, text=True, check=True).stdout
    assert f"GOROOT={home.goroot('go1.24.13')}\n" in told
    direnv(project, "use gov 1.21.1\n")
    told = subprocess.run(run, env=home.env, capture_output=True, text=True)
    assert "gov: go1.21.1 is not installed" in told.stderr
    assert f"PATH={home.shims}:" in told.stdout


DIRENV = {
    "bash": 'eval "$(direnv hook bash)"\n',
    "zsh": 'eval "$(direnv hook zsh)"\n',
    "fish": "direnv hook fish | source\n",
}


@pytest.mark.parametrize("first", ("direnv", "gov"))
def test_the_hook_leaves_direnv_s_projects_to_direnv(home, start, name, direnv, first):
    with_line = home.project_on("1.22.6", "with")
    direnv(with_line, "use gov\nexport OTHER=1\n")
    without = home.project_on("1.22.6", "without")
    direnv(without, "export OTHER=2\n")
    shell = start(**{"before" if first == "direnv" else "after": DIRENV[name]})
    for _ in range(2):
        shell.cd(with_line)
        shell.do("")
        environment = shell.environment()
        assert environment["GOROOT"] == str(home.goroot("go1.22.6"))
        assert environment["OTHER"] == "1" and "GOV_STATE" not in environment
        assert environment["PATH"].count(home.bin("go1.22.6")) == 1
        shell.cd("/")
        shell.do("")
        assert_off(shell, home)
    said = shell.cd(without).said + shell.do("").said
    assert [line for line in said if "does not use gov: go1.22.6 is not in effect" in line] == said
    assert len(said) == 1
    assert "GOROOT" not in shell.environment()
    shell.cd(home.project_on("1.24.13"))
    shell.do("")
    assert_on(shell, home, "go1.24.13")


def test_direnv_sees_the_pin_change(home, start, name, direnv):
    if name != "bash":
        pytest.skip("what direnv watches does not depend on the shell")
    project = home.project_on("1.22.6", "with")
    direnv(project, "use gov\n")
    shell = start(project, before=DIRENV[name])
    assert shell.value("GOROOT") == str(home.goroot("go1.22.6"))
    time.sleep(1.1)  # direnv compares seconds
    home.pin(project, "1.24.13")
    shell.do("")
    assert shell.value("GOROOT") == str(home.goroot("go1.24.13"))
