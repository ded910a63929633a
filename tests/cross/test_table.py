# SPDX-License-Identifier: Apache-2.0
"""The table [cross] of a project's file: who has to allow it, and what each of its keys does."""

import json
import os
import subprocess
from pathlib import Path

import pytest

MAIN = """package main

import "runtime"

var version, commit, extra = "none", "none", "none"

func main() { println(version, commit, extra, runtime.GOOS, runtime.GOARCH) }
"""
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]


class Project:
    """A module with two programs and a library, and a .gotoolchain.toml to write tables into."""

    def __init__(self, gov, directory: Path) -> None:
        self.gov, self.directory = gov, directory
        self.file = directory / ".gotoolchain.toml"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "go.mod").write_text("module example.com/suite\n\ngo 1.21\n")
        for name in ("cli", "agent"):
            self.write(f"cmd/{name}/main.go", MAIN)
        self.write("lib/lib.go", "package lib\n")

    def write(self, name: str, text: str) -> Path:
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def has(self, table: str) -> None:
        """Makes `table` the project's, and has it allowed."""
        self.file.write_text('go = "1.22.6"\n' + table)
        self.gov.run("allow", cwd=self.directory)

    def commit(self, tag: str = "v1.5.0") -> str:
        date = {"GIT_AUTHOR_DATE": "1700000000 +0100", "GIT_COMMITTER_DATE": "1700000000 +0100"}
        env = self.gov.environment() | date
        for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"], ["tag", tag]):
            subprocess.run([*GIT, *words], cwd=self.directory, env=env, check=True)
        words = ["git", "rev-parse", "HEAD"]
        return subprocess.run(
            words, cwd=self.directory, env=env, check=True, capture_output=True, text=True
        ).stdout.strip()

    def plan(self, *words: str, **changes) -> dict:
        return self.gov.run("cross", "plan", "--json", *words, **changes).json

    def steps(self, *words: str, **changes) -> dict[str, dict]:
        return {step["file"]: step for step in self.plan(*words, **changes)["steps"]}

    def build(self, *words: str, **changes):
        return self.gov.run("cross", "build", "--json", *words, timeout=300, **changes)

    def says(self, file: str) -> str:
        path = self.directory / "dist" / file
        return subprocess.run([path], capture_output=True, text=True, check=True).stderr.strip()

    def built(self, folder: str = "dist") -> list[str]:
        telling = {".gitignore", "artifacts.json", "checksums.txt", "metadata.json"}
        return sorted(p.name for p in (self.directory / folder).iterdir() if p.name not in telling)


@pytest.fixture
def project(gov, installed):
    installed("go1.22.6")
    return Project(gov, gov.project)


ONE = '[cross]\npackage = "./cmd/cli"\ntargets = ["linux/amd64"]\n'


# --- Whose table counts.


def test_nothing_runs_before_it_was_allowed_and_again_when_it_changed(gov, project):
    project.file.write_text('go = "1.22.6"\n' + ONE)
    for command in ("build", "plan"):
        result = gov.run("cross", command, check=9)
        assert f"{project.file}, which is not trusted" in result.stderr
        assert "hint: see it and allow it: gov allow" in result.stderr
    assert not (project.directory / "dist").exists()
    gov.run("allow")
    project.build()
    assert project.built() == ["cli-linux-amd64"]
    project.file.write_text(project.file.read_text() + "# more\n")
    assert "has changed since it was allowed" in gov.run("cross", "plan", check=9).stderr
    gov.run("deny")
    assert "which was denied" in gov.run("cross", "plan", check=9).stderr


def test_what_others_could_write_is_not_obeyed(gov, project):
    project.has(ONE)
    project.file.chmod(0o666)
    result = gov.run("cross", "plan", check=9)
    assert "is not trusted: " in result.stderr and "gov allow --any-owner" in result.stderr


def test_a_worktree_of_the_repository_inherits_consent(gov, project, directory):
    project.has(ONE)
    project.commit()
    words = ["worktree", "add", "-q", directory / "tree"]
    subprocess.run([*GIT, *words], cwd=project.directory, env=gov.environment(), check=True)
    assert list(project.steps(cwd=directory / "tree")) == ["cli-linux-amd64"]
    (directory / "tree/.gotoolchain.toml").write_text('go = "1.22.6"\n[cross]\n')
    gov.run("cross", "plan", cwd=directory / "tree", check=9)


def test_a_file_builds_on_the_one_above_if_both_are_allowed(gov, project):
    project.has(ONE)
    below = project.write("cmd/agent/.gotoolchain.toml", "inherit = true\n").parent
    assert "/cmd/agent/.gotoolchain.toml, which is not trusted" in gov.run(
        "cross", "plan", cwd=below, check=9
    ).stderr
    gov.run("allow", cwd=below)
    assert list(project.steps(cwd=below)) == ["cli-linux-amd64"]
    # Without the line the nearest file alone counts, and it asks for nothing.
    (below / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    assert "agent-linux-amd64" in project.steps(cwd=below)


def test_the_project_is_built_from_wherever_one_stands_in_it(gov, project):
    project.has(ONE + 'output = "out"\n')
    below = project.directory / "cmd/agent"
    result = project.build(cwd=below)
    assert f"the project is in {project.directory}" in result.stderr
    assert project.built("out") == ["cli-linux-amd64"]
    project.build("--package", ".", "-o", "here", cwd=below)
    assert project.built("cmd/agent/here") == ["agent-linux-amd64"]
    told = gov.run("cross", "verify", cwd=below).stdout
    assert told.count("verified") == 2 and "out/checksums.txt" in told  # the program, and the list
    gov.run("cross", "clean", cwd=below)
    assert not (project.directory / "out").exists()


# --- What to build.


def test_several_builds_with_patterns_variants_and_names(project):
    project.has(
        """[cross]
targets = ["linux/amd64", "linux/arm64", "darwin/*", "!darwin/amd64"]
name = "{id}_{os}_{arch}{variant}{ext}"
[[cross.build]]
id = "tool"
package = "./cmd/cli"
binary = "mytool"
[[cross.build]]
id = "agent"
package = "./cmd/agent"
name = "{name}-{arch}{variant}"
targets = ["linux/amd64/v3", "linux/arm/7"]
"""
    )
    steps = project.steps()
    assert list(steps) == [
        *("tool_linux_amd64", "tool_linux_arm64", "tool_darwin_arm64"),
        *("agent-amd64v3", "agent-armv7"),
    ]
    assert "GOAMD64=v3" in steps["agent-amd64v3"]["environment"]
    assert steps["tool_linux_amd64"]["build"] == "tool"
    # A target of the command line narrows what each build is for.
    assert list(project.steps("linux/amd64/v3")) == ["tool_linux_amd64v3", "agent-amd64v3"]
    project.build("linux/amd64", "linux/amd64/v3")
    assert "tool_linux_amd64" in project.built() and "agent-amd64v3" in project.built()


def test_binary_is_the_name_of_the_program(project):
    project.has(ONE + 'binary = "suite"\n')
    assert list(project.steps()) == ["suite-linux-amd64"]


def test_every_program_in_a_folder(project):
    project.has('[cross]\npackage = "./..."\ntargets = ["linux/amd64"]\n')
    project.build()
    assert project.built() == ["agent-linux-amd64", "cli-linux-amd64"]


def test_the_most_specific_table_of_a_target_wins(project):
    project.has(
        ONE.replace('["linux/amd64"]', '["linux/amd64", "linux/amd64/v3", "linux/arm64", "windows/386"]')
        + """tags = ["all"]
ldflags = ["-s"]
[cross.target."*/amd64"]
tags = ["wide"]
[cross.target."linux/amd64"]
tags = ["pair"]
name = "special-{os}-{variant}"
[cross.target."linux/amd64/v3"]
tags = ["variant"]
[cross.target."windows/*"]
ldflags = ["-s", "-w", "-H=windowsgui"]
env = { GOEXPERIMENT = "rangefunc" }
"""
    )
    steps = project.steps()
    tags = {
        name: step["arguments"][step["arguments"].index("-tags") + 1] for name, step in steps.items()
    }
    assert tags == {
        "special-linux-": "pair",
        "special-linux-v3": "variant",
        "cli-linux-arm64": "all",
        "cli-windows-386.exe": "all",
    }
    assert "-s" in steps["cli-linux-arm64"]["arguments"]
    windows = steps["cli-windows-386.exe"]
    assert "-s -w -H=windowsgui" in windows["arguments"]
    assert "GOEXPERIMENT=rangefunc" in windows["environment"]
    # The command line has the last word.
    flagged = project.steps("linux/amd64", "--tags", "mine")["special-linux-"]
    assert flagged["arguments"][flagged["arguments"].index("-tags") + 1] == "mine"


def test_tags_and_flags_reach_the_program(gov, project):
    project.write("cmd/cli/fast.go", '//go:build fast\n\npackage main\n\nfunc init() { extra = "fast" }\n')
    project.has(
        ONE
        + """tags = ["fast"]
ldflags = ["-w"]
gcflags = ["all=-l"]
asmflags = ["all=-D=X"]
buildmode = "pie"
ldflags_x = { "main.commit" = "it's {name} for {os}/{arch}" }
"""
    )
    (artifact,) = project.build("--version", "v2").json["artifacts"]
    settings = artifact["artifact"]["build_info"]["settings"]
    assert (settings["-tags"], settings["-buildmode"]) == ("fast", "pie")
    assert artifact["artifact"]["symbols"]  # -w alone leaves them
    arguments = project.steps()["cli-linux-amd64"]["arguments"]
    assert arguments[arguments.index("-gcflags") + 1] == "all=-l"
    assert arguments[arguments.index("-asmflags") + 1] == "all=-D=X"
    assert project.says("cli-linux-amd64") == "v2 it's cli for linux/amd64 fast linux amd64"


def test_versions_come_from_git_and_never_from_the_clock(project):
    project.has(
        ONE
        + """version = "{described}"
name = "{name}-{version}-{short_commit}{ext}"
[cross.ldflags_x]
"main.commit" = "{commit} {commit_date} {commit_time}"
"main.extra" = "{{{tag}}}"
"""
    )
    head = project.commit()
    (artifact,) = project.build().json["artifacts"]
    name = f"cli-v1.5.0-{head[:12]}"
    assert artifact["file"] == f"dist/{name}"
    said = project.says(name)
    assert said == f"v1.5.0 {head} 2023-11-14T22:13:20Z 1700000000 {{v1.5.0}} linux amd64"
    assert json.loads((project.directory / "dist/metadata.json").read_text())["version"] == "v1.5.0"
    assert project.plan("--version", "v9")["version"] == "v9"


def test_a_workspace_around_the_project_counts(gov, project):
    project.write("go.work", "go 1.21\n\nuse (\n\t.\n\t./other\n)\n")
    project.write("other/go.mod", "module example.com/other\n\ngo 1.21\n")
    project.write("other/other.go", 'package other\n\nconst Name = "from the workspace"\n')
    project.write(
        "cmd/cli/uses.go",
        'package main\n\nimport "example.com/other"\n\nfunc init() { extra = other.Name }\n',
    )
    project.has(ONE)
    project.build()
    assert project.says("cli-linux-amd64") == "none none from the workspace linux amd64"
    assert f"GOWORK={project.directory.resolve()}/go.work" in project.plan()["environment"]
    project.has(ONE + 'env = { GOWORK = "off" }\n')
    assert "no required module provides package example.com/other" in project.build(check=1).stderr


def test_limits_and_universal_programs_of_the_table(project):
    project.has(
        ONE.replace('["linux/amd64"]', '["darwin/amd64", "darwin/arm64"]')
        + 'universal = true\njobs = 1\ntimeout = "5m"\noutput = "bin"\n'
    )
    project.build()
    assert project.built("bin") == ["cli-darwin-all", "cli-darwin-amd64", "cli-darwin-arm64"]
    project.has(ONE + 'timeout = "1s"\n')
    cold = {"GOCACHE": str(project.gov.root / "cold")}
    assert "took longer than 1 seconds" in project.build(check=10, env=cold).stderr


@pytest.mark.parametrize(
    "policy, targets, rule",
    [
        ('glibc_max = "2.1"', [], None),
        ("static = false", [], "static"),
        ("size_max = 1000", [], "size"),
        ('revision = "abc"', [], "revision"),
        ('subsystem = "gui"', ["windows/386"], "subsystem"),
        ('dlls = ["user32.dll"]', ["windows/386"], "dll"),
        ('macos_max = "10.0"', ["darwin/arm64"], "minimum-os"),
        ("no_debug_info = true", ["linux/amd64"], "no-debug-info"),
        ('levels = { windows-version = "error" }', ["windows/386"], "windows-version"),
    ],
)
def test_rules_of_the_table_refuse_what_breaks_them(project, policy, targets, rule):
    project.has(ONE + 'ldflags = []\n' + f"[cross.verify]\n{policy}\n")
    result = project.build(*targets, check=3 if rule else 0)
    (artifact,) = result.json["artifacts"]
    errors = [f["rule"] for f in artifact["findings"] if f["level"] == "error"]
    assert errors == ([rule] if rule else [])
    assert artifact["result"] == ("refused" if rule else "proved")


def test_a_warning_can_be_turned_off(project):
    project.has(ONE + "[cross.verify]\nallow_modified = true\n")
    project.commit()
    project.write("cmd/cli/more.go", "package main\n")
    (artifact,) = project.build().json["artifacts"]
    assert artifact["findings"] == []


def test_what_a_release_has_beside_its_programs(project):
    project.has(
        ONE + 'archive = "auto"\nsbom = ["cyclonedx", "spdx"]\nprovenance = true\n'
        "sign = 'command:cp \"$GOV_FILE\" \"$GOV_SIGNATURE\"'\n"
    )
    project.build()
    assert project.built() == [
        "checksums.txt.sig",
        *(f"cli-linux-amd64{end}" for end in ("", ".cdx.json", ".spdx.json", ".tar.gz")),
        "provenance.intoto.json",
    ]
    project.has(ONE + 'archive = "rar"\n')
    assert "archive rar: not tar.gz, zip or auto" in project.build(check=2).stderr


@pytest.mark.parametrize(
    "table, message",
    [
        ('[cross]\npackag = "."\n', 'did you mean "package"?'),
        ('[cross]\ntargets = ["linux/amd46"]\n', "did you mean linux/amd64?"),
        ('[cross.target."macos/*"]\n', "macos/* is no target of this Go release"),
        ('[cross]\nname = "{nmae}"\n', "{nmae} stands for nothing"),
        ('[cross]\nname = "{name"\n', "a brace stands alone"),
        ('[cross]\nname = "same"\n', "two artifacts would be called same"),
        ('[cross]\nname = "../{name}-{os}"\n', "is no name for an artifact"),
        ('[cross]\nversion = "{commit}"\n', "there is no commit"),
        ('[cross]\nenv = { GOOS = "linux" }\n', "which gov sets itself"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_before_anything_is_made(project, table, message):
    if "package" not in table and "packag" not in table:
        table = table.replace("[cross]\n", '[cross]\npackage = "./cmd/cli"\n')
    project.has(table)
    assert message in project.gov.run("cross", "build", check=2).stderr
    assert not (project.directory / "dist").exists()
