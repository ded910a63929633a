# SPDX-License-Identifier: Apache-2.0
"""action.yml: its shape, and its steps run as a job of GitHub Actions runs them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text())
STEPS = ACTION["runs"]["steps"]
GO = "go1.22.6"
PACKAGES = ("ca-certificates", "curl", "libarchive-tools", "openssl")


class Job:
    """A job's environment: the files that steps append to, and what they have said so far."""

    def __init__(self, gov):
        self.gov = gov
        self.temp = gov.root / "runner"
        self.temp.mkdir()
        self.outputs = {}
        self.env = {
            **{name: value for name, value in gov.env.items() if name != "GOV_HOME"},
            "GITHUB_ACTION_PATH": str(REPOSITORY), "GITHUB_WORKSPACE": str(gov.project),
            "RUNNER_TEMP": str(self.temp), "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "CI": "true",
        }  # fmt: skip
        (self.temp / "gov/bin").mkdir(parents=True)
        shutil.copy(gov.binary, self.temp / "gov/bin/gov")  # as if from the cache

    def run(self, inputs, code=0):
        """Runs the steps that are scripts; those of others' actions restore nothing."""
        given = {name: str(row.get("default", "")) for name, row in ACTION["inputs"].items()} | inputs
        for step in STEPS:
            if "run" not in step:
                continue
            result = self._step(step, given)
            if result.returncode != 0:
                assert result.returncode == code, result.stdout + result.stderr
                return result
        assert code == 0, "it was to fail"
        return result

    def _step(self, step, given):
        files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH")}
        for file in files.values():
            file.write_text("")
        values = {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda one: given[one[1]], text)
                  for name, text in step.get("env", {}).items()}  # fmt: skip
        assert not any("${{" in value for value in values.values())
        result = subprocess.run(
            [step["shell"], "-e", "-o", "pipefail", "-c", step["run"]],
            env={**self.env, **values, **{name: str(file) for name, file in files.items()}},
            cwd=self.gov.project, capture_output=True, text=True,
        )  # fmt: skip
        self.outputs.setdefault(step.get("id"), {}).update(_pairs(files["GITHUB_OUTPUT"].read_text()))
        self.env.update(_pairs(files["GITHUB_ENV"].read_text()))
        for entry in files["GITHUB_PATH"].read_text().split():
            self.env["PATH"] = f"{entry}:{self.env['PATH']}"
        return result

    def go_version(self):
        return subprocess.run(["go", "version"], env=self.env, cwd=self.gov.project, capture_output=True, text=True).stdout


def _pairs(text):
    """NAME=value, and NAME<<DELIMITER with the lines up to that."""
    found = {}
    lines = iter(text.splitlines())
    for line in lines:
        if match := re.fullmatch(r"([\w-]+)<<(\S+)", line):
            value = []
            while (line := next(lines)) != match[2]:
                value.append(line)
            found[match[1]] = "\n".join(value)
        else:
            name, _, value = line.partition("=")
            found[name] = value
    return found


@pytest.fixture
def job(gov, genuine):
    installed = subprocess.run(["dpkg-query", "-W", *PACKAGES], capture_output=True).returncode == 0
    if not installed:
        pytest.skip(f"the action would install {', '.join(PACKAGES)}: scripts/dependencies test")
    return Job(gov)


def test_the_action_is_one_that_github_takes():
    assert ACTION["runs"]["using"] == "composite" and ACTION["name"] and ACTION["description"]
    ids = {step["id"] for step in STEPS if "id" in step}
    for step in STEPS:
        assert ("uses" in step) != ("run" in step and step["shell"] == "bash")
        assert "uses" not in step or re.fullmatch(r"actions/cache@v\d+", step["uses"])
    for text in re.findall(r"\$\{\{ (.+?) \}\}", (REPOSITORY / "action.yml").read_text()):
        kind, name, *rest = text.split(".")
        assert (kind == "inputs" and name in ACTION["inputs"]) or (kind == "steps" and name in ids), text
    assert all(row["description"] for row in {**ACTION["inputs"], **ACTION["outputs"]}.values())


def test_a_job_gets_the_locked_release_and_later_steps_run_it(job):
    (job.gov.project / ".gotoolchain.toml").write_text('go = "1.22"\n')
    job.gov.run("lock", "--platform", "linux/amd64")
    fixed = re.search(r"release (\S+)", (job.gov.project / ".gotoolchain.lock").read_text())[1]
    job.run({})
    assert fixed in job.go_version() and job.env["GOTOOLCHAIN"] == "local"
    goroot = f"{job.temp}/gov/home/versions/{fixed}"
    assert job.outputs["install"] == {"goroot": goroot, "go-version": fixed} and job.env["GOROOT"] == goroot
    keys = dict(job.outputs["keys"])
    job.run({})  # what is there from the cache is verified, and stays
    assert job.outputs["keys"] == keys
    (job.gov.project / ".gotoolchain.lock").unlink()
    assert "write one: gov lock" in job.run({"locked": "true"}, code=2).stderr
    assert job.outputs["keys"]["go-key"] != keys["go-key"] and job.outputs["keys"]["gov-key"] == keys["gov-key"]


def test_what_the_cache_gave_back_is_verified_and_replaced_where_it_was_changed(job):
    (job.gov.project / ".go-version").write_text(GO + "\n")
    job.run({})
    go = job.temp / f"gov/home/versions/{GO}/bin/go"
    go.unlink()
    go.write_text("#!/bin/sh\necho pwned\n")
    go.chmod(0o755)
    shutil.rmtree(job.temp / "gov/home/trash", ignore_errors=True)
    job.run({})
    assert GO in job.go_version()


def test_without_a_cache_gov_is_built_from_the_source_of_the_action(job):
    (job.gov.project / ".go-version").write_text(GO + "\n")
    gov = job.temp / "gov/bin/gov"
    shutil.rmtree(gov.parent)
    if not (REPOSITORY / "build/build.ninja").exists():
        pytest.skip("a build from nothing takes minutes; here it starts from build/")
    job.run({})
    version = subprocess.run([gov, "--version"], env=job.env, capture_output=True, text=True, check=True)
    assert version.stdout == job.gov.run("--version").stdout and GO in job.go_version()


def test_versions_directories_and_trust_are_inputs(job):
    below = job.gov.project / "service"
    below.mkdir()
    (below / ".gotoolchain.toml").write_text(f'go = "{GO}"\n[env]\nAPP = "x y"\n')
    job.run({"directory": "service"})
    assert "APP" not in job.env
    shown = job.gov.run("allow", "--show", cwd=below).stdout
    job.run({"directory": "service", "trust-hash": re.search(r"trust hash (\w+)", shown)[1]})
    assert job.env["APP"] == "x y"
    job.run({"directory": "service", "trust-hash": "0" * 64}, code=9)
    job.run({"version": "1.22.7"})
    assert "go1.22.7" in job.go_version() and job.env["GOV_VERSION"] == "1.22.7"
