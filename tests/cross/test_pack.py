# SPDX-License-Identifier: Apache-2.0
"""gov cross build --pack: proved first, packed then, and everything after is of the packed file."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "build/tools/bin"
MAIN = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("packed") }\n'


@pytest.fixture
def project(gov, installed):
    """A program in gov's project directory, pinned to a release that is installed."""
    installed("go1.22.6")
    (gov.project / "go.mod").write_text("module example.com/hello\n\ngo 1.21\n")
    (gov.project / "main.go").write_text(MAIN)
    (gov.project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    return gov.project


@pytest.fixture
def with_upx(gov) -> dict[str, str]:
    """An environment that has upx: the system's, or the one that scripts/test brings."""
    upx = shutil.which("upx", path=f"{os.environ['PATH']}:{TOOLS}")
    if upx is None:
        pytest.skip("there is no upx")
    folder = gov.root / "with-upx"
    folder.mkdir()
    (folder / "upx").symlink_to(upx)
    return {"PATH": f"{folder}:{gov.env['PATH']}"}


def digest(file: Path) -> str:
    return "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_packed_program_runs_and_is_what_the_checksums_say(gov, project, with_upx):
    plain = gov.run("cross", "build", "--json", timeout=300).json["artifacts"]
    before = {artifact["target"]: artifact for artifact in plain}
    result = gov.run("cross", "build", "--pack", "upx", "--json", env=with_upx, timeout=300)
    for artifact in result.json["artifacts"]:
        was = before[artifact["target"]]
        file = project / artifact["file"]
        assert artifact["checksum"] == digest(file)
        assert artifact["artifact"]["build_info"]["go_version"] == "go1.22.6"
        if artifact["target"].startswith("darwin/"):
            assert artifact["packed_from"] is None
            assert artifact["checksum"] == was["checksum"]
            continue
        assert artifact["packed_from"] == was["checksum"]
        assert artifact["size"] == file.stat().st_size < was["size"] * 0.8
        assert b"UPX!" in file.read_bytes()
    subprocess.run(["sha256sum", "--quiet", "-c", "checksums.txt"], cwd=project / "dist", check=True)
    ran = subprocess.run([project / "dist/hello-linux-amd64"], capture_output=True, text=True)
    assert ran.stdout == "packed\n"
    listed = json.loads((project / "dist/artifacts.json").read_text())
    (entry,) = [one for one in listed if one["name"] == "hello-linux-amd64"]
    assert entry["extra"]["gov"]["packed_from"] == before["linux/amd64"]["checksum"]


def test_a_target_that_upx_cannot_pack_fails_alone(gov, project, with_upx):
    words = ("cross", "build", "linux/amd64", "linux/riscv64", "--pack", "upx", "--json")
    result = gov.run(*words, check=1, env=with_upx, timeout=300)
    results = {artifact["target"]: artifact["result"] for artifact in result.json["artifacts"]}
    assert results == {"linux/amd64": "proved", "linux/riscv64": "failed"}
    assert "upx cannot pack it" in result.stderr
    assert not (project / "dist/hello-linux-riscv64").exists()


def test_without_upx_nothing_is_built(gov, project, directory):
    nothing = directory / "nothing"
    nothing.mkdir()
    result = gov.run("cross", "build", "--pack", "upx", check=5, env={"PATH": str(nothing)})
    assert "packing needs upx" in result.stderr and "upx-ucl" in result.stderr
    assert not (project / "dist").exists()
    assert "upx is what gov knows" in gov.run("cross", "build", "--pack", "zip", check=2).stderr


def test_the_project_may_ask_for_it_and_signs_what_was_packed(gov, project, with_upx):
    table = '''[cross]
targets = ["linux/amd64"]
pack = "upx"
[cross.hooks]
after_target = "grep -q UPX! $GOV_CROSS_FILE && printf signed >> $GOV_CROSS_FILE"
'''
    with open(project / ".gotoolchain.toml", "a") as file:
        file.write(table)
    gov.run("allow")
    result = gov.run("cross", "build", "--json", env=with_upx, timeout=300)
    (artifact,) = result.json["artifacts"]
    file = project / artifact["file"]
    assert file.read_bytes().endswith(b"signed") and artifact["packed_from"]
    assert (artifact["checksum"], artifact["size"]) == (digest(file), file.stat().st_size)
    (project / ".gotoolchain.toml").write_text(
        'go = "1.22.6"\n' + table.replace("printf signed >>", "printf spoiled >")
    )
    gov.run("allow")
    result = gov.run("cross", "build", "--json", env=with_upx, check=3, timeout=300)
    assert result.json["artifacts"][0]["result"] == "refused"
