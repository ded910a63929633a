# SPDX-License-Identifier: Apache-2.0
"""gov cross init and matrix: the files do what they say when they are run, and linters agree."""

import contextlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from string import Template

import pytest

from world.build_cache import FaultyCache

TOOLS = Path(__file__).resolve().parents[2] / "build/tools/bin"
MAIN = 'package main\n\nvar version = "none"\n\nfunc main() { println(version) }\n'


def tool(name: str) -> str:
    """A linter on PATH, or where scripts/test puts it."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:{TOOLS}")
    if found is None:
        pytest.skip(f"there is no {name}")
    return found


@pytest.fixture
def project(gov, installed):
    """A program in gov's project directory, pinned to a release that is installed."""
    installed("go1.22.6")
    (gov.project / "go.mod").write_text("module example.com/hello\n\ngo 1.21\n")
    (gov.project / "main.go").write_text(MAIN)
    (gov.project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    return gov.project


@pytest.fixture
def shell(gov, project, directory):
    """Runs a line of a file as its reader would, with this gov as gov."""
    programs = directory / "programs"
    programs.mkdir()
    (programs / "gov").symlink_to(gov.binary)

    def run(line: str, check: bool = True, cwd: Path = project, **variables: str) -> str:
        environment = gov.environment({"PATH": f"{programs}:{gov.env['PATH']}"} | variables)
        finished = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line],
            **dict(env=environment, cwd=cwd, capture_output=True, text=True, timeout=300),
        )
        assert not check or finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout + finished.stderr

    return run


def ran(program: Path) -> str:
    return subprocess.run([program], capture_output=True, text=True, check=True).stderr


def test_a_makefile_builds_all_or_one_and_cleans_up(gov, project, shell):
    gov.run("cross", "init", "makefile", "linux/amd64", "linux/386", timeout=120)
    shell("make VERSION='v1 beta'")
    names = {path.name for path in (project / "dist").iterdir()}
    assert {"hello-linux-amd64", "hello-linux-386"} <= names
    assert ran(project / "dist/hello-linux-amd64") == "v1 beta\n"
    shell("make linux-386")
    assert ran(project / "dist/linux-386/hello-linux-386") == "none\n"
    assert "verified" in shell("make verify")
    assert "[no test files]" in shell("make test")
    shell("make clean")
    assert not (project / "dist").exists()
    assert "No rule to make target" in shell("make plan9-arm", check=False)


def instructions(dockerfile: Path) -> list[tuple[str, str]]:
    """(RUN, what it runs) and the like, with continued lines joined and mounts taken out."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", dockerfile.read_text(), flags=re.M))
    words = [line.split(" ", 1) for line in text.splitlines() if line]
    return [(name, re.sub(r"--mount=\S+\s*", "", rest)) for name, rest in words]


def copy(project: Path, rest: str, source: Path) -> None:
    """COPY FILE... FOLDER; "." is everything."""
    *files, folder = rest.split()
    (source / folder).mkdir(parents=True, exist_ok=True)
    for file in files:
        if file == ".":
            shutil.copytree(project, source, dirs_exist_ok=True)
        else:
            shutil.copy(project / file, source / folder)


def test_an_image_of_a_workspace_has_its_modules_before_its_code(gov, project, shell, directory):
    for name in ("app", "lib"):
        (project / name).mkdir()
        (project / name / "go.mod").write_text(f"module example.com/{name}\n\ngo 1.21\n")
    (project / "lib/lib.go").write_text('package lib\n\nconst Word = "of the other module"\n')
    main = 'package main\n\nimport "example.com/lib"\n\nfunc main() { println(lib.Word) }\n'
    (project / "app/main.go").write_text(main)
    (project / "go.mod").unlink()
    (project / "main.go").unlink()
    (project / "go.work").write_text("go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n")
    gov.run("cross", "init", "dockerfile", "--package", "./app", timeout=120)
    steps = instructions(project / "Dockerfile")
    copied = [rest for name, rest in steps if name == "COPY"][:4]
    assert copied == ["go.work ./", "app/go.mod ./app/", "lib/go.mod ./lib/", ". ."]
    source = directory / "src"
    for rest in copied[:3]:
        copy(project, rest, source)
    path = f"{gov.goroot('go1.22.6')}/bin:{gov.env['PATH']}"
    shell("go mod download", cwd=source, PATH=path, GOTOOLCHAIN="local", GOPROXY="off")
    (project / "go.work").write_text("go 1.21\n\nuse (\n\t./app\n\t./lib\n\t../other\n)\n")
    (project.parent / "other").mkdir()
    (project.parent / "other/go.mod").write_text("module example.com/other\n\ngo 1.21\n")
    words = ("cross", "init", "dockerfile", "--package", "./app", "--print")
    assert "which is outside of" in gov.run(*words, check=2, timeout=120).stderr


@pytest.mark.parametrize("platform", ["linux/amd64", "linux/arm/v7"])
def test_an_image_is_built_as_its_file_says(gov, project, shell, directory, platform):
    gov.run("cross", "init", "dockerfile", "linux/*", "linux/arm/7", timeout=120)
    steps = instructions(project / "Dockerfile")
    assert [name for name, _ in steps if name == "FROM"] == ["FROM", "FROM"]
    assert dict(steps)["ENTRYPOINT"] == '["/hello"]'
    source = directory / "src"
    source.mkdir()
    goos, goarch, variant = (*platform.split("/"), "")[:3]
    settings = dict(TARGETOS=goos, TARGETARCH=goarch, TARGETVARIANT=variant, VERSION="v9")
    place = directory / "out"
    for name, rest in steps[: [name for name, _ in steps].index("FROM", 1)]:
        if name == "ENV":
            settings |= dict(word.split("=", 1) for word in rest.split())
            settings |= {"GOCACHE": gov.env["GOCACHE"], "GOMODCACHE": str(directory / "mod")}
        if name == "COPY":
            copy(project, rest, source)
        if name == "RUN":
            path = f"{gov.goroot('go1.22.6')}/bin:{gov.env['PATH']}"
            shell(rest.replace("/out/", f"{place}/"), cwd=source, **settings | {"PATH": path})
    (facts,) = gov.run("cross", "inspect", "--json", str(place / "hello")).json
    assert f"{facts['os']}/{facts['arch']}" == f"{goos}/{goarch}"
    assert facts["static"] and not facts["symbols"]
    assert facts["build_info"]["settings"].get("GOARM", "7") == "7"
    if goarch == "amd64":
        assert ran(place / "hello") == "v9\n"


def test_a_linter_has_nothing_to_say_of_the_dockerfile(gov, project):
    hadolint = tool("hadolint")
    gov.run("cross", "init", "dockerfile", timeout=120)
    subprocess.run([hadolint, project / "Dockerfile"], check=True)


def test_a_workflow_of_github_is_sound_and_its_steps_run(gov, project, shell, directory):
    yaml = pytest.importorskip("yaml")
    gov.run("cross", "init", "github", timeout=120)
    file = project / ".github/workflows/build.yml"
    workflow = yaml.safe_load(file.read_text())
    job = workflow["jobs"]["build"]
    wanted = gov.run("cross", "matrix", timeout=120).json["include"]
    listed = job["strategy"]["matrix"]["include"]
    assert listed == [{name: entry[name] for name in ("target", "name")} for entry in wanted]
    assert [entry["target"] for entry in listed] == ["linux/amd64", "darwin/arm64", "windows/386"]
    path = directory / "path"
    settings = dict(GOV_URL=f"file://{gov.binary}", GOV_SHA256=workflow["env"]["GOV_SHA256"])
    settings |= dict(RUNNER_TEMP=str(directory), GITHUB_PATH=str(path), TARGET="linux/amd64")
    for step in job["steps"]:
        if not step.get("run", "sudo").startswith("sudo"):
            shell(step["run"], **settings)
    assert path.read_text() == f"{directory}/bin\n"
    assert ran(project / "dist/hello-linux-amd64") == "none\n"
    fetch = next(step["run"] for step in job["steps"] if "sha256sum" in step.get("run", ""))
    assert "FAILED" in shell(fetch, check=False, **settings | {"GOV_SHA256": "0" * 64})
    unset = shell(fetch, check=False, **settings | {"GOV_URL": ""})
    assert "GOV_URL: is not set: the first lines of this file say what it is for" in unset


def test_a_linter_has_nothing_to_say_of_the_workflow(gov, project):
    actionlint = tool("actionlint")
    gov.run("cross", "init", "github", timeout=120)
    file = project / ".github/workflows/build.yml"
    finished = subprocess.run([actionlint, "-no-color", file], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout


def test_a_pipeline_of_gitlab_has_a_job_a_target(gov, project):
    yaml = pytest.importorskip("yaml")
    gov.run("cross", "init", "gitlab", timeout=120)
    pipeline = yaml.safe_load((project / ".gitlab-ci.yml").read_text())
    assert list(pipeline) == ["build"]
    job = pipeline["build"]
    matrix = gov.run("cross", "matrix", "--format", "gitlab", timeout=120).json
    assert job["parallel"]["matrix"] == matrix
    assert all(isinstance(line, str) for line in job["before_script"] + job["script"])
    assert job["artifacts"]["paths"] == ["dist/"]


def test_a_pipeline_of_gitlab_runs_with_the_gov_that_wrote_it(gov, project, shell, directory):
    yaml = pytest.importorskip("yaml")
    gov.run("cross", "init", "gitlab", timeout=120)
    file = (project / ".gitlab-ci.yml").read_text()
    job = yaml.safe_load(file)["build"]
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    with contextlib.closing(FaultyCache()) as registry:
        upload = re.search(r"^# +(curl .*\n)# +(.*)$", file, re.M)
        line = "".join(upload.groups()).replace("https://gitlab.com", registry.url)
        shell(line, TOKEN="of-a-person", ID="7")
        (directory / "programs/gov").unlink()  # a link to the gov under test; the job brings its own
        predefined = {"CI_API_V4_URL": f"{registry.url}/api/v4", "CI_PROJECT_ID": "7"}
        predefined |= {"CI_PROJECT_DIR": str(project)}
        settings = {"TARGET": "linux/amd64", "CI_JOB_TOKEN": "of-the-job"}
        for name, value in job["variables"].items():
            # A variable may name those before it.
            settings[name] = Template(str(value)).substitute(predefined | settings)
        for line in job["before_script"] + job["script"]:
            if "apt-get" not in line:
                shell(line.replace("/usr/local/bin", str(directory / "programs")), **settings)
        sent = {method: headers for method, _, headers in registry.requests}
    assert sent["PUT"]["PRIVATE-TOKEN"] == "of-a-person"
    assert sent["GET"]["JOB-TOKEN"] == "of-the-job"
    assert ran(project / "dist/hello-linux-amd64") == "none\n"
    assert "/.cache/" in (project / ".git/info/exclude").read_text()


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_jobs_get_gov_from_where_they_are_told(gov, project, kind):
    words = ("cross", "init", kind, "--print")
    url = "https://example.com/tools/gov-0.1.0"
    assert f"GOV_URL: {url}\n" in gov.run(*words, "--gov-url", url).stdout
    refused = gov.run(*words, "--gov-url", "http://example.com/gov", check=2).stderr
    assert "--gov-url http://example.com/gov: not https" in refused
    assert "no files that hold" in gov.run(*words, "--gov-url", f"{url}$(id)", check=2).stderr
    assert "first lines say from where" in gov.run("cross", "init", kind).stderr


def test_go_generate_builds_every_target(gov, project, shell):
    (project / ".gotoolchain.toml").write_text(
        'go = "1.22.6"\n\n[cross]\ntargets = ["linux/amd64"]\n'
    )
    gov.run("allow")
    gov.run("cross", "init", "generate", timeout=120)
    shell("gov exec -- go generate ./...")
    assert ran(project / "dist/hello-linux-amd64") == "none\n"
    assert "generate.go" not in shell("gov exec -- go list -f '{{.GoFiles}}'")
    assert shell("gov exec -- gofmt -l .") == ""


def test_a_go_generate_that_would_run_itself_is_refused(gov, project):
    (project / ".gotoolchain.toml").write_text('go = "1.22.6"\n\n[cross]\ngenerate = true\n')
    gov.run("allow")
    assert "start them again" in gov.run("cross", "init", "generate", check=2).stderr


def test_nothing_is_replaced_without_a_word(gov, project):
    (project / "Makefile").write_text("mine:\n")
    refused = gov.run("cross", "init", "makefile", check=2, timeout=120)
    assert "Makefile is there already and says something else" in refused.stderr
    assert (project / "Makefile").read_text() == "mine:\n"
    printed = gov.run("cross", "init", "makefile", "--print", timeout=120).stdout
    assert (project / "Makefile").read_text() == "mine:\n"
    assert "Makefile replaced" in gov.run("cross", "init", "makefile", "--force").stderr
    assert (project / "Makefile").read_text() == printed
    assert "Makefile is so already" in gov.run("cross", "init", "makefile").stderr
    (project / ".dockerignore").write_text("mine\n")
    gov.run("cross", "init", "dockerfile", check=2)
    assert not (project / "Dockerfile").exists()


def test_several_programs_are_built_by_one_line_each(gov, project):
    for name in ("one", "two"):
        (project / "cmd" / name).mkdir(parents=True)
        (project / "cmd" / name / "main.go").write_text(MAIN)
    words = ("cross", "init", "makefile", "--package", "./cmd/...", "--print")
    assert "gov cross build --package ./cmd/..." not in gov.run(*words).stdout
    assert "$(GOV) cross build --package ./cmd/...$(if" in gov.run(*words).stdout
    refused = gov.run("cross", "init", "dockerfile", "--package", "./cmd/...", check=2)
    assert "there are several programs, and an image has one" in refused.stderr
    gov.run("cross", "init", "dockerfile", "--package", "./cmd/two")
    assert "-o /out/two ./cmd/two\n" in (project / "Dockerfile").read_text()


def test_the_matrix_is_one_line_for_a_workflow_s_output(gov, project):
    shown = gov.run("cross", "matrix", "linux/arm/7", "windows/arm64", timeout=120).stdout
    assert shown.count("\n") == 1
    jobs = json.loads(shown)["include"]
    assert [(job["name"], job["runner"]) for job in jobs] == [
        ("linux-arm-7", "ubuntu-latest"),
        ("windows-arm64", "windows-11-arm"),
    ]
    assert (jobs[0]["goos"], jobs[0]["goarch"], jobs[0]["variant"]) == ("linux", "arm", "7")


@pytest.mark.parametrize(
    "words, message",
    [
        (("init", "dokerfile"), "did you mean dockerfile?"),
        (("init", "dockerfile", "windows/386"), "no target is for linux"),
        (("init", "makefile", "linux/amd46"), "did you mean linux/amd64?"),
        (("matrix", "--format", "jenkins"), "github or gitlab"),
    ],
)
def test_misuse_is_named(gov, project, words, message):
    assert message in gov.run("cross", *words, check=2).stderr
