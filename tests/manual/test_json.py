# SPDX-License-Identifier: Apache-2.0
"""What gov prints with --json has the members, and of the types, that gov-json(7) says."""

import subprocess

import pytest

import json_schema
from world import modules, publish, site

GO = "go1.22.6"
MINI = "go1.99.1"
_KNOWN = json_schema.sections()


@pytest.fixture
def check(gov):
    """Runs a command and holds what it prints against its section."""

    def run(*words, name=None, extra="", code=0, **options):
        name = name or words[0]
        value = gov.run(*words, "--json", check=code, **options).json
        assert value, f"gov {' '.join(words)} has nothing to show"
        assert list(json_schema.faults(value, _KNOWN[f"gov {name}"], _KNOWN, extra)) == []
        return value

    return run


def test_the_schema_finds_what_is_wrong():
    section = _KNOWN["gov outdated"]
    good = {
        "version": "go1.22.6", "installed": True, "newest": "go1.22.7", "outdated": True, "supported": False,
        "support_ends_with": "1.24", "pins": [{"file": "/x", "line": 1, "asks_for": "1.22", "newest": "go1.22.7"}],
    }  # fmt: skip

    def faults(**changes):
        changed = {name: value for name, value in {**good, **changes}.items() if value is not ...}
        return list(json_schema.faults([changed], section, _KNOWN))

    assert faults() == []
    assert faults(pins=...) == ["pins is missing"]
    assert faults(more=1) == ["more is not documented"]
    assert faults(installed=1) == ["installed is int, not boolean"]
    assert faults(pins=[{**good["pins"][0], "line": "1"}]) == ["pins[].line is str, not integer"]
    assert faults(pins=[{}])[0] == "pins[].file is missing"
    assert list(json_schema.faults(good, section, _KNOWN)) == ["is dict"]


def test_what_is_installed_and_where_it_came_from(check, gov, server, world):
    check("install", MINI)
    gov.run("default", MINI)
    check("list")
    check("list", "--size")
    check("list", "--remote")
    check("outdated")
    check("verify", MINI)
    check("prune", "--dry-run")
    gov.run("link", "mine", str(gov.goroot(MINI)))
    check("list")
    (gov.home / "sdk").mkdir()
    (gov.home / "sdk" / MINI).symlink_to(gov.goroot(MINI))
    (gov.goroot(MINI) / "VERSION").unlink()
    assert check("verify", MINI, code=3)[0]["differences"]


def test_toolchains_of_other_programs(check, gov):
    gov.run("install", MINI)
    sdk = gov.home / "sdk" / MINI
    subprocess.run(["cp", "-a", gov.goroot(MINI), sdk.parent.parent / "copy"], check=True)
    sdk.parent.mkdir()
    (gov.home / "copy").rename(sdk)
    assert {"version": MINI, "goroot": str(sdk), "installed": True} in check("adopt")
    gov.remove(MINI)
    check("import")
    check("adopt", str(sdk))


@pytest.mark.parametrize("files", ({}, {".go-version": "1.99\n"}, {"go.mod": "go 2.0\n"}, {".go-version": "gopher\n"}))
def test_what_is_in_effect(check, gov, files):
    gov.run("install", MINI)
    gov.run("default", MINI)
    for name, text in files.items():
        (gov.project / name).write_text(text)
    check("current", "--explain", name="current")
    check("status")
    check("doctor", code=None)
    check("env", "--gov", name="env")
    if "gopher" not in files.get(".go-version", ""):
        check("env", code=None) if "go.mod" not in files else None


def test_what_a_pin_gives(check, gov):
    gov.run("install", MINI)
    (gov.project / ".gotoolchain.toml").write_text('go = "1.99"\n[env]\nAPP = "x"\nGONE = false\n')
    (gov.project / "go.mod").write_text("module m\n\ngo 1.100\n")
    assert check("current")["missed_floor"]["version"] == "1.100"
    gov.run("allow")
    check("trust", "list", name="trust list")
    check("env")
    check("status")
    value = gov.run("export", "json").json
    assert list(json_schema.faults(value, _KNOWN["gov export json"], _KNOWN)) == []
    assert value["env"]["APP"] == "x"
    gov.run("deny")
    check("trust", "list", name="trust list")
    (gov.goroot(MINI) / "bin/true").symlink_to("/bin/true")
    run = gov.run("run", "--matrix", "1.99", "--json", "--", "true").json
    assert list(json_schema.faults(run, _KNOWN["gov run"], _KNOWN)) == []


def test_outdated_pins(check, gov, server, world):
    gov.run("install", MINI)
    rows = [site.entry(name, site.row(world.mini, version=name)) for name in ("go1.99.2", MINI)]
    server.routes[publish.INDEX_PATH] = site.encoded(rows)
    (gov.root / "cache/gov/index").rename(gov.root / "old") if (gov.root / "cache/gov/index").exists() else None
    gov.run("use", MINI)
    assert check("outdated")[0]["pins"]


def test_tools(check, gov, server, installed):
    installed(GO)
    files = {"go.mod": "module tools.example.org/greet\n\ngo 1.21\n", "main.go": "package main\n\nfunc main() {}\n"}
    server.routes |= modules.routes("tools.example.org/greet", {"v1.0.0": files})
    gov.env |= {"GONOSUMDB": "tools.example.org", "GOMODCACHE": str(gov.root / "modules")}
    (gov.project / ".gotoolchain.toml").write_text(f'go = "{GO}"\n')
    gov.run("tools", "add", "tools.example.org/greet")
    assert check("tools", "list", name="tools list")[0]["built"]


def test_cross_builds(check, gov, installed):
    installed(GO)
    gov.run("use", GO)
    (gov.project / "go.mod").write_text("module example.org/app\n\ngo 1.22\n")
    (gov.project / "main.go").write_text("package main\n\nfunc main() {}\n")
    check("cross", "targets", name="cross targets")
    check("cross", "plan", name="cross plan")
    built = check("cross", "build", "linux/amd64", "darwin/arm64", "windows/386", name="cross build")
    files = [artifact["file"] for artifact in built["artifacts"]]
    assert len(files) == 3
    check("cross", "verify", *files, name="cross verify")
    check("cross", "inspect", *files, name="cross inspect", extra="artifact")
    check("cross", "diff", *files[:2], name="cross diff", code=None)
    gov.run("cross", "inspect", str(gov.project / "go.mod"), "--json", check=None)


def test_every_command_with_json_has_a_section(gov):
    overview = gov.run("help").stdout
    for line in overview.splitlines():
        name = line.strip().split("  ")[0]
        if line.startswith("  ") and name and "--json" in gov.run("help", *name.split(), check=None).stdout:
            assert f"gov {name}" in _KNOWN
