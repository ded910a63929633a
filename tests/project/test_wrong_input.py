# SPDX-License-Identifier: Apache-2.0
"""Mistakes about versions: what is wrong is said, with the nearest right thing."""

import os
import time

import pytest

from world import distpack, publish, site

NAME = "go1.99.1"  # the made-up release


def have(gov, *names):
    for name in names:
        (gov.make_up(name) / "go").symlink_to("/bin/true")


@pytest.fixture
def index(server, world):
    names = ("go1.101rc1", "go1.100.3", NAME, "go1.20.14")
    rows = [site.entry(name, site.row(world.mini, version=name, filename=distpack.tarball_name(name))) for name in names]
    server.routes[publish.INDEX_PATH] = site.encoded(rows)


@pytest.mark.parametrize(
    "wanted, nearest",
    (
        ("1.99.9", "did you mean go1.99.1, the newest release of Go 1.99?"),
        ("1.130.1", "did you mean 1.100? The newest release is go1.100.3"),
        ("1.130", "did you mean 1.100? The newest release is go1.100.3"),
        ("1.22", "did you mean 1.20? The newest release is go1.100.3"),
        ("~1.99.4", "the newest release is go1.100.3"),
    ),
)
def test_a_release_that_does_not_exist_is_told_with_the_nearest_one(gov, index, wanted, nearest):
    told = gov.run("install", wanted, check=6).stderr
    assert nearest in told.splitlines()[-1]


@pytest.mark.parametrize("command", ("use", "init"))
@pytest.mark.parametrize(
    "wanted, nearest",
    (
        ("1.99.9", "did you mean go1.99.1, the newest release of Go 1.99?"),
        ("1.130", "did you mean 1.100? The newest release is go1.100.3"),
        (">=1.130", "the newest release is go1.100.3"),
    ),
)
def test_what_no_source_has_is_not_pinned(gov, index, command, wanted, nearest):
    told = gov.run(command, wanted, check=6)
    assert "no source has" in told.stderr and nearest in told.stderr.splitlines()[-1]
    assert not (gov.project / ".gotoolchain.toml").exists()


def test_pins_are_looked_up_only_where_nothing_here_knows_them(gov, index, server):
    have(gov, "go1.22.6")
    gov.run("use", "1.22.6")  # installed, whoever has it
    assert not server.requests
    gov.run("use", "1.100.3")
    assert server.requests
    server.requests.clear()
    gov.run("use", "^1.100")  # the kept index has it
    offline = {"GOV_OFFLINE": "1"}
    gov.run("use", "1.130", env=offline, check=6)  # and nobody else may be asked
    (kept,) = (gov.root / "cache/gov/index").glob("*.json")
    os.utime(kept, (time.time() - 7200,) * 2)
    gov.run("use", "1.130", env=offline)  # which may have come since
    assert not server.requests


def test_where_nobody_says_what_there_is_anything_can_be_pinned(gov, server):
    server.routes.clear()
    assert "now pins go1.99.9" in gov.run("use", "1.99.9").stderr
    assert "now pins 1.130" in gov.run("use", "1.130").stderr


@pytest.mark.parametrize("words", (("exec", "{}", "--", "go"), ("goroot", "{}"), ("run", "--matrix", "{}", "--", "go")))
def test_a_version_of_the_command_line_is_told_as_it_was_given(gov, words):
    for wanted in ("1.22.9", "1.98"):
        told = gov.run(*(word.format(wanted) for word in words), check=None).stderr
        assert wanted in told and "run: gov install " in told and "GOV_VERSION" not in told


@pytest.mark.parametrize("command", (("use",), ("init",), ("default",), ("shell",), ("exec", "--", "go"), ("goroot",)))
@pytest.mark.parametrize(
    "wanted, nearest",
    (
        ("latestt", "did you mean latest?"),
        ("stabel", "did you mean stable?"),
        (">=1.24 <1.22", 'did you mean ">=1.22 <1.24"?'),
        ("=1.22.6 =1.22.7", "is a range that no version is in"),
        ("1.22.6.1", "did you mean 1.22.6?"),
    ),
)
def test_every_command_refuses_the_same_mistakes(gov, command, wanted, nearest):
    name, *rest = command
    told = gov.run(name, wanted, *rest, check=None)
    assert told.code in (2, 125) and nearest in told.stderr, told
    assert not (gov.project / ".gotoolchain.toml").exists()


def test_a_lock_of_another_pin_says_how_to_get_the_right_one(gov, index):
    (gov.project / ".go-version").write_text("1.99\n")
    gov.run("lock", "--platform", "linux/amd64")
    (gov.project / ".go-version").write_text("1.100\n")
    lock = gov.project / ".gotoolchain.lock"
    for command in (("current",), ("install",), ("exec", "--", "go"), ("tools", "list")):
        told = gov.run(*command, check=None)
        if command[0] != "tools":
            assert f'{lock} is for "1.99", but {gov.project}/.go-version:1 asks for "1.100"' in told.stderr
            assert "write it again: gov lock" in told.stderr
    gov.run("lock", "--platform", "linux/amd64")
    assert "is for" not in gov.run("current", check=None).stderr


def test_a_go_work_that_leads_back_to_itself_is_told_and_counts_as_absent(gov):
    have(gov, "go1.22.6")
    gov.run("default", "1.22.6")
    (gov.project / "go.work").symlink_to("go.work")
    (gov.project / ".go-version").symlink_to("../nowhere")
    told = gov.run("current")
    assert told.stdout == "go1.22.6 (gov default)\n"
    assert f"{gov.project}/go.work is a link that leads back to itself, so that it counts as absent" in told.stderr
    assert f"{gov.project}/.go-version is a link to what is not there" in told.stderr
    assert "leads back to itself" in gov.run("current", "--explain").stderr


@pytest.mark.parametrize(
    "setting, reason",
    (
        ("{project}/loop.work", "Too many levels of symbolic links"),
        ("{project}/none.work", "there is no {project}/none.work, which GOWORK names"),
        ("{project}", "not a regular file"),
        ("none.work", "GOWORK is not an absolute path"),
    ),
)
def test_a_gowork_that_go_cannot_read_is_told_with_the_nearest_go_work(gov, setting, reason):
    have(gov, "go1.22.6")
    gov.run("default", "1.22.6")
    (gov.project / "loop.work").symlink_to("loop.work")
    env = {"GOWORK": setting.format(project=gov.project)}
    told = gov.run("current", env=env).stderr
    assert "go commands will fail here: " in told and reason.format(project=gov.project) in told
    assert "unset GOWORK, or set it to off" in told
    (gov.project / "go.work").write_text("go 1.22\n")
    told = gov.run("current", "--explain", env=env).stderr
    assert f"unset GOWORK: the nearest is {gov.project}/go.work" in told
    assert gov.run("current", env={"GOWORK": "off"}).stderr == ""


def test_workspaces_that_name_each_other_are_no_loop(gov):
    have(gov, "go1.22.6", "go1.24.13")
    (gov.project / "go.work").write_text("go 1.22\n\nuse ./inner\n")
    inner = gov.project / "inner"
    inner.mkdir()
    (inner / "go.work").write_text("go 1.24\n\nuse ..\n")
    assert gov.run("current", cwd=inner).stdout == f"go1.24.13 ({inner}/go.work:1)\n"
    assert gov.run("current").stdout == f"go1.22.6 ({gov.project}/go.work:1)\n"


def test_explain_says_what_to_do_about_what_is_missing_or_too_old(gov):
    (gov.project / "go.mod").write_text("module m\n\ngo 1.24\n")
    (gov.project / ".go-version").write_text("1.22.6\n")
    told = gov.run("current", "--explain").stdout.splitlines()
    assert told[0].endswith(".go-version:1, but it is not installed; run: gov install")
    assert "requires go >= 1.24 but the pin is 1.22.6" in told[1] and "every go command will fail" in told[1]
