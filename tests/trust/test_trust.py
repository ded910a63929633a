# SPDX-License-Identifier: Apache-2.0
"""gov allow, deny, trust and status, and what exec does with a project's file."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from world.program import Gov

ENV = 'go = "1.22.6"\n[env]\nAPP = "{project}/run"\ndotenv = [".env"]\n[path]\nprepend = ["bin"]\n'


@pytest.fixture
def user(binary: Path, directory: Path) -> Gov:
    """A user with a made-up toolchain, and a project in their project directory."""
    user = Gov(binary, directory)
    program = user.make_up("go1.22.6") / "go"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    (user.project / ".gotoolchain.toml").write_text(ENV)
    return user


def app(user: Gov, **options) -> str:
    """What a program under gov exec sees of APP."""
    return user.run("exec", "--", "printenv", "APP", check=None, **options).stdout


def records(user: Gov) -> list[Path]:
    return list((user.root / "state/gov/trust").iterdir())


def test_exec_applies_what_is_allowed_and_nothing_else(user):
    refused = user.run("exec", "--", "true", check=9)
    assert "sets nothing until it is allowed (it asks for APP, what .env says and PATH)" in (
        refused.stderr
    )
    assert "hint: see it and allow it: gov allow" in refused.stderr
    user.run("allow")
    assert app(user) == f"{user.project}/run\n"
    path = user.run("exec", "--", "printenv", "PATH").stdout.split(":")
    assert path[:2] == [str(user.goroot("go1.22.6") / "bin"), f"{user.project}/bin"]
    (user.project / ".env").write_text("APP=other\nMORE=1\n")
    assert "has changed since it was allowed" in user.run("exec", "--", "true", check=9).stderr
    user.run("allow")
    assert app(user) == f"{user.project}/run\n"
    assert user.run("exec", "--", "printenv", "MORE").stdout == "1\n"
    user.run("deny")
    assert app(user) == ""
    user.run("exec", "--", "true")


def test_a_file_that_only_chooses_a_version_needs_no_consent(user):
    (user.project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    user.run("exec", "--", "true")
    assert "needs no trust" in user.run("allow").stderr
    assert user.run("trust", "list").stdout == ""


def test_allow_shows_what_it_would_set_and_what_changed(user):
    (user.project / ".env").write_text("A='\x1b[2J'\nHTTPS_PROXY=x\n")
    shown = user.run("allow", "--show").stdout
    assert shown.splitlines()[:-1] == [
        f"{user.project}/.gotoolchain.toml",
        "  .env:",
        "    A=\\x1b[2J",
        "    HTTPS_PROXY is left as it is: where releases and modules come from, and what proves "
        "them, is for the user to say",
        f"  APP={user.project}/run",
        f"  PATH gets {user.project}/bin",
    ]
    user.run("exec", "--", "true", check=9)
    user.run("allow")
    (user.project / ".env").unlink()
    (user.project / ".gotoolchain.toml").write_text(ENV.replace("run", "RUN") + "# \x1b[2J\n")
    # a control character is no TOML, even in a comment
    assert ":7:3:" in user.run("allow", check=2).stderr
    (user.project / ".gotoolchain.toml").write_text(ENV.replace("run", "RUN"))
    changes = user.run("allow").stdout.split("changed since it was allowed:\n")[1]
    assert changes.splitlines()[:-1] == [
        "  .env is gone",
        "    -A='\\x1b[2J'",
        "    -HTTPS_PROXY=x",
        "  .gotoolchain.toml",
        '    -APP = "{project}/run"',
        '    +APP = "{project}/RUN"',
    ]


def test_a_trust_hash_is_of_the_content_wherever_it_is_checked_out(user):
    text = user.run("allow", "--show").stdout
    hash_ = text.splitlines()[-1].removeprefix("trust hash ")
    other = user.root / "other"
    shutil.copytree(user.project, other)
    assert f"trust hash {hash_}" in user.run("allow", "--show", str(other)).stdout
    wrong = user.run("allow", "--trust-hash", "0" * 64, check=9)
    assert hash_ in wrong.stderr
    user.run("allow", "--trust-hash", "beef", check=2)
    user.run("exec", "--", "true", check=9)
    user.run("allow", "--trust-hash", hash_.upper(), str(other))
    assert app(user, cwd=other) == f"{other}/run\n"
    user.run("exec", "--", "true", check=9)
    (user.project / ".env").write_text("")
    user.run("allow", "--trust-hash", hash_, check=9)


def test_ci_trusts_nobody_by_itself(user):
    ci = {"CI": "true", "GITHUB_ACTIONS": "true"}
    assert user.run("exec", "--", "true", check=9, env=ci)
    assert "APP" not in user.run("env", "--json", env=ci).stdout


def test_consent_does_not_reach_another_directory(user):
    user.run("allow")
    for name in ("project-evil", "project/sub"):
        other = user.root / name
        other.mkdir()
        (other / ".gotoolchain.toml").write_text(ENV)
        user.run("exec", "--", "true", check=9, cwd=other)


def test_what_was_said_is_listed_and_forgotten(user):
    user.run("allow")
    other = user.root / "it's \x1b[2J"
    other.mkdir()
    (other / ".gotoolchain.toml").write_text(ENV)
    user.run("deny", cwd=other)
    listed = user.run("trust", "list").stdout.splitlines()
    assert listed == [
        f"denied    {user.root}/it's \\x1b[2J/.gotoolchain.toml",
        f"allowed   {user.project}/.gotoolchain.toml",
    ]
    (user.project / ".env").write_text("")
    entries = json.loads(user.run("trust", "list", "--json").stdout)
    assert [entry["standing"] for entry in entries] == ["denied", "changed"]
    assert entries[1]["files"] == [".gotoolchain.toml", ".env"]
    assert len(entries[1]["trust_hash"]) == 64
    assert user.run("trust", "prune").stdout == ""
    shutil.rmtree(other)
    for option in ("--dry-run",), ():
        gone = user.run("trust", "prune", *option).stdout
        assert gone == f"{user.root}/it's \\x1b[2J/.gotoolchain.toml\n"
    assert len(records(user)) == 1


def test_records_are_private_and_are_not_believed_otherwise(user):
    user.run("allow")
    [record] = records(user)
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    record.chmod(0o666)
    refused = user.run("exec", "--", "true", check=9).stderr
    assert "can be reached by others" in refused and "chmod go=" in refused
    record.chmod(0o600)
    record.write_bytes(record.read_bytes()[:-1])
    user.run("exec", "--", "true", check=9)
    user.run("allow")
    assert app(user) != ""


def test_status_says_what_is_in_effect_and_why(user):
    status = json.loads(user.run("status", "--json").stdout)
    assert status["version"] == "go1.22.6"
    assert status["project"] == [
        {"file": f"{user.project}/.gotoolchain.toml", "trust": "unknown"}
    ]
    assert "sets nothing until it is allowed" in status["note"]
    user.run("allow")
    status = json.loads(user.run("status", "--json").stdout)
    assert status["note"] is None
    pending = {change["name"]: change["value"] for change in status["pending"]["variables"]}
    assert pending["APP"] == f"{user.project}/run"
    assert status["pending"]["path_with"][1] == f"{user.project}/bin"
    text = user.run("status").stdout
    assert f"project    {user.project}/.gotoolchain.toml (allowed)\n" in text
    assert f"will set   APP={user.project}/run\n" in text
    (user.project / ".gotoolchain.toml").write_text("gho = 1\n")
    assert "unknown key" in user.run("status").stdout


def test_keys_of_the_users_configuration_are_refused_in_a_project(user):
    for key in ('mirror = "https://x"', 'verify = "index"', 'goproxy = "x"', "insecure = true"):
        (user.project / ".gotoolchain.toml").write_text(key + "\n")
        assert "is not for a project to say" in user.run("current", check=2).stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
def test_a_real_worktree_inherits_while_git_knows_it(user):
    def git(*words: str, cwd: Path = user.project) -> None:
        call = ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words]
        subprocess.run(call, cwd=cwd, check=True, capture_output=True, env=user.env)

    git("init", "-q")
    git("add", ".gotoolchain.toml")
    git("commit", "-qm", "x")
    linked, copied = user.root / "linked", user.root / "copied"
    git("worktree", "add", "-q", str(linked))
    user.run("exec", "--", "true", check=9, cwd=linked)
    user.run("allow")
    assert app(user, cwd=linked) == f"{linked}/run\n"
    shutil.copytree(linked, copied)  # the repository does not name this one
    user.run("exec", "--", "true", check=9, cwd=copied)
    (linked / ".gotoolchain.toml").write_text(ENV + "#\n")
    user.run("exec", "--", "true", check=9, cwd=linked)
    git("checkout", "-q", "--", ".gotoolchain.toml", cwd=linked)
    assert app(user, cwd=linked) == f"{linked}/run\n"
    git("worktree", "remove", str(linked))
    linked.mkdir()
    (linked / ".gotoolchain.toml").write_text(ENV)
    (linked / ".git").write_text((copied / ".git").read_text())
    user.run("exec", "--", "true", check=9, cwd=linked)


def test_a_file_that_others_can_write_is_not_obeyed(user):
    file = user.project / ".gotoolchain.toml"
    user.run("allow")
    for path in (file, user.project):
        before = stat.S_IMODE(path.stat().st_mode)
        path.chmod(before | 0o022)
        refused = user.run("exec", "--", "true", check=9).stderr
        assert f"is not obeyed: {path}: it can be written by" in refused
        assert "can be written by" in user.run("allow", check=9).stderr
        path.chmod(before)
    assert app(user) != ""
    file.chmod(0o666)
    user.run("allow", "--any-owner")
    assert app(user) != ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act for two users")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not on this machine")
def test_root_and_nobody_do_not_trust_each_others_files(user):
    nobody = 65534
    user.root.chmod(0o755)
    for path in (user.project, user.project / ".gotoolchain.toml"):
        os.chown(path, nobody, nobody)
    user.run("allow", check=9)
    assert f"user {nobody}" in user.run("allow", check=9).stderr
    user.run("allow", "--any-owner")
    assert app(user) != ""

    places = user.root / "of-nobody"
    places.mkdir()
    os.chown(places, nobody, nobody)
    own = {"HOME": str(places), "XDG_STATE_HOME": str(places), "XDG_CONFIG_HOME": str(places)}

    def as_nobody(*words: str) -> "subprocess.CompletedProcess[str]":
        call = ["setpriv", f"--reuid={nobody}", f"--regid={nobody}", "--clear-groups"]
        return subprocess.run(
            [*call, str(user.binary), *words],
            cwd=user.project,
            env=user.environment(own),
            capture_output=True,
            text=True,
        )

    if as_nobody("--version").returncode != 0:
        pytest.skip("nobody cannot reach this gov")
    user.govhome.chmod(0o755)
    assert as_nobody("exec", "--", "true").returncode == 9
    assert as_nobody("allow").returncode == 0
    shown = as_nobody("exec", "--", "printenv", "APP")
    assert shown.stdout == f"{user.project}/run\n"
    user.project.chmod(0o777)
    assert as_nobody("exec", "--", "true").returncode == 9
    user.project.chmod(0o1777)  # sticky: others can add files, not touch this one
    assert as_nobody("exec", "--", "true").returncode == 0
    os.chown(user.project / ".gotoolchain.toml", 1234, 1234)
    refused = as_nobody("exec", "--", "true")
    assert refused.returncode == 9 and "user 1234" in refused.stderr
    # the records of somebody else count for nobody
    state = {"XDG_STATE_HOME": str(places)}
    os.chown(user.project / ".gotoolchain.toml", 0, 0)
    assert "belongs to user 65534" in user.run("exec", "--", "true", check=9, env=state).stderr
