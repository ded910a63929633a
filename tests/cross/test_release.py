# SPDX-License-Identifier: Apache-2.0
"""What gov cross build puts beside the artifacts: archives, bills, provenance and signatures."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

SCHEMAS = Path(__file__).resolve().parents[2] / "build/bill-schemas"
MAIN = 'package main\n\nfunc main() { println("hello") }\n'
VERSIONED = 'package main\n\nvar version = ""\n\nfunc main() { println(version) }\n'
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]


def write_project(gov, directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "go.mod").write_text("module example.com/hello\n\ngo 1.21\n")
    (directory / "main.go").write_text(MAIN)
    (directory / "LICENSE").write_text("do what you like\n")
    (directory / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run([*GIT, *words], cwd=directory, env=gov.environment(), check=True)
    date = {"GIT_AUTHOR_DATE": "1700000000 +0100", "GIT_COMMITTER_DATE": "1700000000 +0100"}
    commit = [*GIT, "commit", "-q", "-m", "all"]
    subprocess.run(commit, cwd=directory, env=gov.environment() | date, check=True)
    return directory


@pytest.fixture
def project(gov, installed):
    installed("go1.22.6")
    return write_project(gov, gov.project)


def contents(dist: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in dist.iterdir()}


EVERYTHING = ("--archive", "auto", "--sbom", "cyclonedx", "--sbom", "spdx", "--provenance")


def test_the_whole_folder_is_the_same_from_another_directory(gov, project, directory):
    other = write_project(gov, directory / "another/place")
    for place, zone in ((project, "UTC"), (other, "Asia/Tokyo")):
        gov.run("cross", "build", *EVERYTHING, cwd=place, env={"TZ": zone}, timeout=300)
    assert contents(project / "dist") == contents(other / "dist")
    dist = project / "dist"
    subprocess.run(["sha256sum", "--quiet", "-c", "checksums.txt"], cwd=dist, check=True)
    listed = {entry["name"]: entry for entry in json.loads((dist / "artifacts.json").read_text())}
    assert set(listed) | {"artifacts.json", ".gitignore"} == set(contents(dist))
    assert listed["hello-windows-386.zip"]["type"] == "Archive"


def test_archives_hold_the_program_and_the_licence(gov, project):
    gov.run("cross", "build", "linux/amd64", "windows/386", "--archive", "auto", timeout=300)
    dist = project / "dist"
    with tarfile.open(dist / "hello-linux-amd64.tar.gz") as archive:
        members = {member.name: member for member in archive.getmembers()}
        program = archive.extractfile("hello").read()
    assert sorted(members) == ["LICENSE", "hello"]
    assert members["hello"].mode == 0o755 and members["LICENSE"].mode == 0o644
    assert {(m.uid, m.gid, m.mtime) for m in members.values()} == {(0, 0, 1700000000)}
    assert program == (dist / "hello-linux-amd64").read_bytes()
    with zipfile.ZipFile(io.BytesIO((dist / "hello-windows-386.zip").read_bytes())) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["LICENSE", "hello.exe"]
        assert archive.getinfo("hello.exe").date_time == (2023, 11, 14, 22, 13, 20)


def test_bills_and_provenance_name_what_was_built(gov, project):
    gov.run("cross", "build", "linux/amd64", *EVERYTHING, timeout=300)
    dist = project / "dist"
    digest = contents(dist)["hello-linux-amd64"]
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, text=True)
    bill = json.loads((dist / "hello-linux-amd64.cdx.json").read_text())
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["hashes"][0]["content"] == digest
    assert bill["metadata"]["component"]["version"] == head.stdout.strip()
    assert bill["components"][0]["purl"] == "pkg:golang/std@1.22.6"
    spdx = json.loads((dist / "hello-linux-amd64.spdx.json").read_text())
    assert spdx["creationInfo"]["created"] == "2023-11-14T22:13:20Z"
    assert spdx["packages"][0]["checksums"][0]["checksumValue"] == digest
    ids = {package["SPDXID"] for package in spdx["packages"]}
    assert {relation["relatedSpdxElement"] for relation in spdx["relationships"]} <= ids
    statement = json.loads((dist / "provenance.intoto.json").read_text())
    assert statement["subject"] == [{"name": "hello-linux-amd64", "digest": {"sha256": digest}}]
    materials = statement["predicate"]["buildDefinition"]["resolvedDependencies"]
    assert {"gitCommit": head.stdout.strip()} in [m.get("digest") for m in materials]


def test_bills_are_as_their_formats_have_it(gov, project):
    if not SCHEMAS.is_dir():
        pytest.skip("pip brought no cyclonedx-python-lib and spdx-tools: scripts/test asks for them")
    gov.run("cross", "build", "linux/amd64", "windows/386", *EVERYTHING, timeout=300)
    bills = sorted((project / "dist").glob("*.cdx.json")) + sorted((project / "dist").glob("*.spdx.json"))
    assert len(bills) == 4
    check = ["/usr/bin/python3", Path(__file__).with_name("check_bill.py")]
    env = {"PYTHONPATH": str(SCHEMAS), "PATH": "/usr/bin:/bin"}

    def faults(*files: Path) -> str:
        return subprocess.run([*check, *files], env=env, capture_output=True, text=True).stdout

    assert faults(*bills) == ""
    for bill, member in ((bills[0], "bomFormat"), (bills[2], "dataLicense")):
        spoilt = json.loads(bill.read_text()) | {member: "nothing that is known"}
        bill.write_text(json.dumps(spoilt))
        assert faults(bill) != ""


def test_checksums_are_signed_by_ssh_and_checked_back(gov, project, directory):
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    key = directory / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    gov.run("cross", "build", "linux/amd64", "--sign", f"ssh:{key}", timeout=300)
    dist = project / "dist"
    check = ["ssh-keygen", "-Y", "check-novalidate", "-n", "file", "-s", dist / "checksums.txt.sig"]
    with open(dist / "checksums.txt") as text:
        subprocess.run(check, stdin=text, check=True, capture_output=True)
    assert "checksums.txt.sig" in (dist / "artifacts.json").read_text()
    gov.run("cross", "verify", "--strict", "--key", f"{key}.pub")


def test_checksums_are_signed_by_minisign_and_by_gpg(gov, project, directory):
    words = ("cross", "build", "linux/amd64", "--sign")
    if shutil.which("minisign"):
        key = directory / "mini.key"
        make = ["minisign", "-G", "-W", "-p", directory / "mini.pub", "-s", key]
        subprocess.run(make, check=True, capture_output=True)
        gov.run(*words, f"minisign:{key}", timeout=300)
        assert (project / "dist/checksums.txt.minisig").exists()
    if shutil.which("gpg") is None:
        pytest.skip("gpg is not installed")
    home = directory / "gpg"
    home.mkdir(mode=0o700)
    env = {"GNUPGHOME": str(home)}
    make = ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", "t@example.com", "ed25519"]
    subprocess.run(make, env=gov.environment() | env, check=True, capture_output=True)
    gov.run(*words, "gpg:t@example.com", env=env, timeout=300)
    assert (project / "dist/checksums.txt.sig").exists()
    gov.run(*words, "gpg-clear:t@example.com", env=env, timeout=300)
    clear = (project / "dist/checksums.txt.asc").read_text()
    assert "BEGIN PGP SIGNED MESSAGE" in clear and "hello-linux-amd64" in clear
    assert not (project / "dist/checksums.txt.sig").exists()
    subprocess.run(["gpgconf", "--kill", "all"], env=gov.environment() | env, check=False)


def test_a_command_signs_and_its_failure_leaves_nothing(gov, project):
    words = ("cross", "build", "linux/amd64", "--sign")
    gov.run(*words, 'command:cp "$GOV_FILE" "$GOV_SIGNATURE"', timeout=300)
    before = contents(project / "dist")
    assert before["checksums.txt"] == before["checksums.txt.sig"]
    result = gov.run(*words, "command:echo no key >&2; false", check=1, timeout=300)
    assert "no key" in result.stderr
    assert contents(project / "dist") == before
    assert "no way to sign" in gov.run(*words, "wax", check=2).stderr
    missing = gov.run(*words, "minisign:k", check=5, env={"PATH": "/nonexistent"}, timeout=300)
    assert "minisign is not installed" in missing.stderr


def test_a_second_build_elsewhere_is_compared(gov, project):
    words = ("cross", "build", "linux/amd64", "--rebuild-check")
    gov.run(*words, timeout=300)
    before = contents(project / "dist")
    (project / "where.go").write_text("package main\n\nvar where string\n\nfunc init() { println(where) }\n")
    told = gov.run(*words, "--ldflags", f"-X main.where={project}", timeout=300, check=0)
    assert "builder-path" in told.stderr
    # Embedded from outside the repository, and so not the same in a copy of it.
    (project / "go.mod").write_text(
        "module example.com/hello\n\ngo 1.21\n\nrequire example.com/b v0.0.0\n\n"
        "replace example.com/b => ../b\n"
    )
    outside = project.parent / "b"
    outside.mkdir()
    (outside / "go.mod").write_text("module example.com/b\n\ngo 1.21\n")
    (outside / "b.go").write_text("package b\n")
    (project / "where.go").write_text('package main\n\nimport _ "example.com/b"\n')
    result = gov.run(*words, check=11, timeout=300)
    assert "hello-linux-amd64: it could not be built again" in result.stderr
    assert before


def release_in(folder: Path) -> str:
    """The version that the folder is a whole release of."""
    listed = [entry["name"] for entry in json.loads((folder / "artifacts.json").read_text())]
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".gov-")}
    assert names == {*listed, "artifacts.json", ".gitignore"}
    subprocess.run(["sha256sum", "--quiet", "-c", "checksums.txt"], cwd=folder, check=True)
    ran = subprocess.run([folder / "hello-linux-amd64"], capture_output=True, text=True, check=True)
    version = json.loads((folder / "metadata.json").read_text())["version"]
    assert ran.stderr.split()[0] == version
    return version


# Where gov is killed: before each call of the kind; and whether that is ever after the exchange.
@pytest.mark.parametrize("call, late", [("rename", False), ("renameat2", False), ("unlinkat", True)])
def test_the_folder_of_a_killed_build_is_one_whole_release(gov, project, call, late):
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("there is no strace to kill gov at a system call")
    (project / "main.go").write_text(VERSIONED)
    words = ("cross", "build", "linux/amd64", "linux/386", "--json", "--version")
    gov.run(*words, "v0", timeout=300)
    was, seen = "v0", set()
    for number in range(1, 100):
        version = f"v{number}"
        ended = subprocess.run(
            [strace, "-o", os.devnull, "-e", f"trace={call}"]
            + ["-e", f"inject={call}:signal=KILL:when={number}", gov.binary, *words, version],
            **dict(cwd=project, env=gov.environment(), capture_output=True, timeout=300),
        ).returncode
        now = release_in(project / "dist")
        assert now in (was, version)
        seen.add((ended == 0, now == version))
        was = now
        if ended == 0:
            break
    assert seen == {(False, False), (True, True)} | ({(False, True)} if late else set())
    assert not list(project.glob(".gov-*")) and not list((project / "dist").glob(".gov-*"))


def test_a_folder_with_files_of_others_keeps_them_and_is_the_same_folder(gov, project):
    words = ("cross", "build", "linux/amd64")
    dist = project / "dist"
    gov.run(*words, timeout=300)
    held = os.open(dist, os.O_RDONLY)  # else its number may be used again
    first = os.fstat(held).st_ino
    gov.run(*words, "--package", "..", "-o", ".", cwd=dist, timeout=300)  # nobody loses the folder that they stand in
    assert dist.stat().st_ino == first
    gov.run(*words, timeout=300)
    second = dist.stat().st_ino
    assert second != first
    (dist / "notes").mkdir()
    gov.run(*words, timeout=300)
    assert dist.stat().st_ino == second and (dist / "notes").is_dir()
    os.close(held)
