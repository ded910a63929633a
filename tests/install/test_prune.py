# SPDX-License-Identifier: Apache-2.0
"""Uses are noted, and what a project needs is neither uninstalled nor pruned."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from world import mini, publish
from world.world import log_of, mount_log

NAME = mini.NAME
DAY = 24 * 60 * 60


def pin(project, version=NAME):
    project.mkdir(exist_ok=True)
    (project / ".gotoolchain.toml").write_text(f'go = "{version}"\n')
    return project


def records(gov):
    return sorted((gov.root / "state/gov/uses").glob("*"))


def age(gov, days):
    """Lets all that gov has noted, and every receipt, be some days old."""
    then = time.time() - days * DAY
    for path in [*records(gov), *(gov.govhome / "receipts").iterdir()]:
        os.utime(path, (then, then))


def removed(result):
    return [one["name"] for one in result.json["removed"] if one["kind"] == "toolchain"]


USERS = {
    "exec": lambda gov, project: gov.run("exec", "--", "true", cwd=project),
    "export": lambda gov, project: gov.run("export", "bash", cwd=project),
    "use": lambda gov, project: gov.run("use", NAME, cwd=project),
    "shim": lambda gov, project: run_shim(gov, project),
}


def run_shim(gov, project):
    shim = gov.root / "go"
    shim.symlink_to(gov.binary)
    subprocess.run([shim, "version"], env=gov.environment(), cwd=project, check=True)


@pytest.mark.parametrize("user", USERS)
def test_what_a_known_project_pins_is_not_uninstalled(gov, user):
    gov.run("install", NAME)
    project = pin(gov.root / "p'x")
    assert gov.run("install", NAME).code == 0
    USERS[user](gov, project)
    result = gov.run("uninstall", NAME, check=1)
    assert f"{project}/.gotoolchain.toml:1" in result.stderr and "--force" in result.stderr
    assert gov.goroot(NAME).is_dir()
    gov.run("uninstall", "--force", NAME)
    assert not gov.goroot(NAME).exists()


@pytest.mark.parametrize("change", ["other", "gone"])
def test_a_project_that_pins_another_release_now_keeps_nothing(gov, change):
    gov.run("install", NAME)
    project = pin(gov.project)
    gov.run("exec", "--", "true")
    if change == "other":
        pin(project, "1.98.1")
    else:
        (project / ".gotoolchain.toml").unlink()
    gov.run("uninstall", NAME)


def test_a_project_that_cannot_be_read_keeps_what_it_had(gov):
    gov.run("install", NAME)
    project = pin(gov.project)
    gov.run("exec", "--", "true")
    (project / ".gotoolchain.toml").write_text("go = \n")
    gov.run("uninstall", NAME, check=1)


def test_a_use_is_written_once_a_day_and_costs_one_system_call(gov):
    gov.run("install", NAME)
    pin(gov.project)
    gov.run("export", "bash")
    before = [path.stat().st_ino for path in records(gov)]
    trace = gov.root / "trace"
    traced = ["strace", "-o", trace, gov.binary, "export", "bash"]
    if subprocess.run(["strace", "-o", trace, "true"], capture_output=True).returncode != 0:
        pytest.skip("strace may not trace here")
    subprocess.run(traced, env=gov.environment(), cwd=gov.project, check=True, capture_output=True)
    assert trace.read_text().count("/uses") == 1
    assert [path.stat().st_ino for path in records(gov)] == before
    age(gov, 2)
    gov.run("export", "bash")
    assert [path.stat().st_ino for path in records(gov)] != before


def test_only_what_was_not_used_for_long_goes(gov):
    gov.run("install", NAME)
    assert removed(gov.run("prune", "--unused", "1h", "--json")) == []
    age(gov, 100)
    assert removed(gov.run("prune", "--unused", "101d", "--json")) == []
    dry = gov.run("prune", "--unused", "99d", "--dry-run", "--json")
    assert removed(dry) == [NAME] and dry.json["freed"] > 100_000
    assert gov.goroot(NAME).is_dir()
    assert "would be free" in gov.run("prune", "--unused", "99d", "-n").stderr
    done = gov.run("prune", "--unused", "99d", "--json")
    assert removed(done) == [NAME] and done.json["freed"] == dry.json["freed"]
    assert gov.leftovers() == []
    assert done.json["removed"][-1]["last_used"] < time.strftime("%Y-%m-%d")


def test_a_use_counts(gov):
    gov.run("install", NAME)
    age(gov, 100)
    gov.run("exec", NAME, "--", "true")
    assert removed(gov.run("prune", "--unused", "99d", "--json")) == []


def test_the_default_and_what_projects_pin_stay(gov, server, directory):
    other = mini.release(directory, "go1.99.2")
    server.routes.update(publish.proxy_routes([other]))
    gov.run("install", NAME)
    mount_log(server, log_of(other))
    gov.run("install", other.name, env={"GOV_SOURCES": "proxy", "XDG_STATE_HOME": str(directory)})
    gov.run("default", other.name)
    pin(gov.project)
    gov.run("exec", "--", "true")
    age(gov, 500)
    result = gov.run("prune", "--unused", "1w", "--json")
    assert removed(result) == []
    assert [one["name"] for one in result.json["kept"]] == [NAME, other.name]
    assert f"{NAME} stays: {gov.project}/.gotoolchain.toml:1" in gov.run(
        "prune", "--unused", "1w"
    ).stderr


def test_leftovers_and_stale_caches_go(gov):
    gov.run("install", NAME)
    pin(gov.project)
    gov.run("export", "bash")
    partial = list((gov.root / "cache").rglob("*.p/*"))
    full = [path for path in (gov.root / "cache").rglob("tile/*/*/*") if path.is_file()]
    times = list((gov.root / "state/gov/mtimes").iterdir())
    assert partial and times and full
    for path in ("staging/go1.98.1.AbCdEf", "trash/go1.98.1.AbCdEf", "downloads/go1.98.1.partial"):
        (gov.govhome / path).mkdir(parents=True)
        (gov.govhome / path / "file").write_text("left")
    result = gov.run("prune", "--json")
    kinds = {one["kind"] for one in result.json["removed"]}
    assert kinds == {"trash", "leftover", "tiles"}
    assert gov.unfinished() == [] and list((gov.govhome / "downloads").iterdir()) == []
    assert not any(path.exists() for path in partial)
    assert all(path.exists() for path in [*full, *times])
    (gov.project / ".gotoolchain.toml").unlink()
    assert "uses" in gov.run("prune").stdout
    assert records(gov) == []
    assert gov.goroot(NAME).is_dir()
    gov.run("verify", NAME)


@pytest.mark.parametrize("text", ["90", "d", "-1d", "0d", "1.5d", "90 d", "9999999999d", "1y"])
def test_what_is_no_age(gov, text):
    assert "90d" in gov.run("prune", f"--unused={text}", check=2).stderr


def test_what_prompts_and_runs_have_left_goes_after_a_month(gov):
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not on this machine")
    pin(gov.project)
    gov.run("export", "bash")
    odd = {"GOROOT": "ours", "GOV_STATE": "1;GOROOT=ours<=two%0Alines"}
    gov.run("export", "tcsh", cwd=Path("/"), env=odd)  # what it takes a file to give back
    state = gov.root / "state/gov"
    left = [*(state / "mtimes").iterdir(), *(state / "tcsh").iterdir()]
    assert len(left) == 2
    log = gov.root / "cache/gov/runs/AbCdEf/go1.98.1.log"
    log.parent.mkdir(parents=True)
    log.write_text("what it said")
    left += [log, log.parent]
    for days, stay in ((29, True), (31, False)):
        command = ["faketime", "-f", f"+{days}d", str(gov.binary), "prune"]
        subprocess.run(command, env=gov.env, check=True, capture_output=True)
        assert [path.exists() for path in left] == [stay] * 4
    gov.run("export", "tcsh", cwd=Path("/"), env=odd)
    assert left[1].exists()
