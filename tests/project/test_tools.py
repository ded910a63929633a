# SPDX-License-Identifier: Apache-2.0
"""[tools]: programs that a project has built with its own Go, from modules on loopback."""

import subprocess

import pytest

from world import modules

GO = "go1.22.6"
MODULE = "tools.example.org/greet"


def program(says: str, go: str = "1.21") -> dict[str, str]:
    main = f'package main\n\nimport "runtime"\n\nfunc main() {{ println("{says}", runtime.Version()) }}\n'
    return {"go.mod": f"module {MODULE}\n\ngo {go}\n", "main.go": main, "cmd/bye/main.go": main.replace(says, "bye")}


@pytest.fixture
def project(gov, server, installed):
    """A project on go1.22.6, with a module proxy that has the program greet."""
    installed(GO)
    versions = {"v1.0.0": program("one"), "v1.1.0": program("two")}
    server.routes |= modules.routes(MODULE, versions)
    gov.env |= {"GONOSUMDB": "tools.example.org", "GOMODCACHE": str(gov.root / "modules")}
    yield gov.project / ".gotoolchain.toml"
    subprocess.run(["chmod", "-R", "u+w", gov.root / "modules"], check=False)


def write(project, *tools, rest=""):
    project.write_text(f'go = "1.22.6"\n{rest}\n[tools]\n' + "".join(f"{tool}\n" for tool in tools))


def greeting(gov, name="greet", cwd=None):
    result = gov.run("exec", "--", name, cwd=cwd, check=None)
    return result.stderr.strip() if result.code == 0 else result.code


def test_nothing_is_built_before_the_project_is_allowed_and_nothing_is_on_path(gov, project, server):
    write(project, f'greet = "{MODULE}@v1.0.0"')
    told = gov.run("tools", "install", check=9)
    assert f"{project} has nothing built until it is allowed" in told.stderr and "gov allow" in told.stderr
    assert "it asks for tools" in gov.run("exec", "--", "greet", check=9).stderr
    assert not server.asked(f"/proxy/{MODULE}/*")
    assert "greet, which gov tools install builds from tools.example.org/greet@v1.0.0" in gov.run("allow").stdout
    result = gov.run("exec", "--", "greet", check=127)
    assert f"the tools of {project} are not built (greet); run: gov tools install" in result.stderr


def test_tools_are_built_with_the_pinned_go_and_on_path_inside_the_project_alone(gov, project):
    write(project, f'greet = "{MODULE}@v1.0.0"', f'farewell = "{MODULE}/cmd/bye@v1.0.0"')
    gov.run("allow")
    paths = gov.run("tools", "install").stdout.split()
    assert [path.rsplit("/", 1)[1] for path in paths] == ["farewell", "greet"]
    assert all(path.startswith(f"{gov.govhome}/tools/project-") for path in paths)
    assert greeting(gov) == f"one {GO}" and greeting(gov, "farewell") == f"bye {GO}"
    given = gov.run("export", "json").json
    assert given["path"] == [f"{gov.goroot(GO)}/bin", paths[0].rsplit("/", 1)[0]]
    below = gov.project / "below"
    below.mkdir()
    assert greeting(gov, cwd=below) == f"one {GO}"
    assert gov.run("exec", GO, "--", "greet", cwd=gov.home, check=None).code == 127
    assert "building" not in gov.run("tools", "install").stderr


def test_a_set_is_whole_or_not_there_and_an_earlier_one_comes_back_at_once(gov, project, server):
    write(project, f'greet = "{MODULE}@v1.0.0"')
    gov.run("allow")
    gov.run("tools", "install")
    write(project, f'greet = "{MODULE}@v1.1.0"', f'bye = "{MODULE}/cmd/bye@v9.9.9"')
    gov.run("allow")
    assert greeting(gov) == 127  # what is built is not what is asked for
    told = gov.run("tools", "install", check=1)
    assert f"building {MODULE}/cmd/bye@v9.9.9 with {GO}: go: {MODULE}/cmd/bye@v9.9.9" in told.stderr
    assert "gov tools upgrade bye takes the newest version" in told.stderr
    assert greeting(gov) == 127
    (place,) = (gov.govhome / "tools").iterdir()
    assert not list(place.glob(".staging-*"))
    write(project, f'greet = "{MODULE}@v1.0.0"')
    gov.run("allow")
    assert greeting(gov) == f"one {GO}"


def test_each_project_has_its_own_tools_and_each_toolchain_its_own_build(gov, project, installed):
    write(project, f'greet = "{MODULE}@v1.0.0"')
    other = gov.root / "other"
    other.mkdir()
    (other / ".gotoolchain.toml").write_text(project.read_text().replace("v1.0.0", "v1.1.0"))
    for directory in (gov.project, other):
        gov.run("allow", cwd=directory)
        gov.run("tools", "install", cwd=directory)
    assert greeting(gov) == f"one {GO}" and greeting(gov, cwd=other) == f"two {GO}"
    installed("go1.22.7")
    gov.run("use", "1.22.7")
    assert greeting(gov) == 127
    gov.run("tools", "install")
    assert greeting(gov) == "one go1.22.7" and greeting(gov, cwd=other) == f"two {GO}"
    (other / ".gotoolchain.toml").unlink()
    gov.run("tools", "add", f"{MODULE}/cmd/bye@v1.0.0")
    assert len([path for path in (gov.govhome / "tools").rglob("manifest") if "other-" in str(path)]) == 0


def test_prune_removes_the_tools_of_what_is_gone_and_no_others(gov, project):
    write(project, f'greet = "{MODULE}@v1.0.0"')
    gov.run("allow")
    gov.run("tools", "install")
    [kept] = gov.govhome.glob("tools/*/go*")
    unfinished = kept.parent / ".staging-AbCdEf"
    (unfinished / "bin").mkdir(parents=True)

    def pruned(*options):
        removed = gov.run("prune", "--json", *options).json["removed"]
        return [one["name"] for one in removed if one["kind"] == "tools"]

    assert pruned() == [f"{kept.parent.name}/{unfinished.name}"]
    assert not unfinished.exists() and greeting(gov) == f"one {GO}"
    project.unlink()
    gone = f"{kept.parent.name}/{kept.name}"
    assert pruned("--dry-run") == [gone] and kept.exists()
    assert pruned() == [gone] and not kept.exists()
    assert pruned() == []


def test_add_and_upgrade_edit_the_line_and_keep_comments_and_consent(gov, project):
    project.write_text('# ours\ngo = "1.22.6"  # why\n')
    told = gov.run("tools", "add", f"{MODULE}@v1.0.0")
    assert told.stdout.endswith("/bin/greet\n") and f"{project} now asks for {MODULE}@v1.0.0 as greet" in told.stderr
    text = f'# ours\ngo = "1.22.6"  # why\n\n[tools]\ngreet = "{MODULE}@v1.0.0"\n'
    assert project.read_text() == text
    assert greeting(gov) == f"one {GO}"
    gov.run("tools", "add", f"{MODULE}/cmd/bye", "--name", "see-you")
    text += f'see-you = "{MODULE}/cmd/bye@v1.1.0"\n'
    assert project.read_text() == text
    assert "did you mean greet?" in gov.run("tools", "upgrade", "great", check=2).stderr
    assert gov.run("tools", "upgrade", "greet").stdout == "greet v1.0.0 -> v1.1.0\nsee-you v1.1.0\n"
    assert project.read_text() == text.replace('greet@v1.0.0', 'greet@v1.1.0')
    assert greeting(gov) == f"two {GO}" and greeting(gov, "see-you") == f"bye {GO}"


def test_tools_are_listed_with_what_proves_them(gov, project):
    write(project, f'greet = "{MODULE}@v1.0.0"')
    (tool,) = gov.run("tools", "list", "--json").json
    assert tool == {"name": "greet", "package": MODULE, "version": "v1.0.0", "file": str(project), "line": 4, "built": False}
    gov.run("allow")
    gov.run("tools", "install")
    (tool,) = gov.run("tools", "list", "--json").json
    assert tool["built"] and tool["built_with"] == GO and tool["h1"].startswith("h1:")
    assert subprocess.run([tool["program"]], capture_output=True, text=True).stderr == f"one {GO}\n"
    assert gov.run("tools", "list").stdout == f"greet  v1.0.0  {MODULE}  built with {GO}\n"


def test_a_tool_that_cannot_be_built_leaves_the_file_alone_and_says_why(gov, project, server):
    broken = {"go.mod": f"module {MODULE}\n\ngo 1.21\n", "main.go": "package main\n\nfunc main() { x }\n"}
    library = {"go.mod": f"module {MODULE}\n\ngo 1.21\n", "main.go": "package greet\n"}
    versions = {"v1.2.0": broken, "v1.3.0": program("x", "1.99"), "v1.4.0": library}
    server.routes |= modules.routes(MODULE, versions)
    project.write_text('go = "1.22.6"\n')
    told = gov.run("tools", "add", f"{MODULE}@v1.2.0", check=1)
    assert "undefined: x" in told.stderr and "the go command could not build it" in told.stderr
    told = gov.run("tools", "add", f"{MODULE}@v1.3.0", check=1)
    assert "name an older version of it, or pin a newer Go: gov use 1.99" in told.stderr
    told = gov.run("tools", "add", f"{MODULE}@v1.4.0", check=1)
    assert "name the package of a program" in told.stderr
    assert project.read_text() == 'go = "1.22.6"\n'


def test_the_users_wishes_for_other_machines_and_flags_do_not_reach_the_tools(gov, project):
    write(project, f'greet = "{MODULE}@v1.0.0"')
    gov.run("allow")
    gov.env |= {"GOOS": "windows", "GOFLAGS": "-mod=vendor", "GOBIN": str(gov.root / "elsewhere"), "GOWORK": "/nowhere/go.work"}
    gov.run("tools", "install")
    assert greeting(gov) == f"one {GO}"


def test_without_tools_or_a_project_it_is_said_what_to_do(gov):
    assert "there is no .gotoolchain.toml here or above" in gov.run("tools", "install", check=2).stderr
    (gov.project / ".gotoolchain.toml").write_text('go = "1.22.6"\n')
    gov.run("tools", "install", check=6)
    assert "gov tools add PACKAGE does" in gov.run("tools", "list").stderr
    assert "packages are named like" in gov.run("tools", "add", "./cmd/x", check=2).stderr
    assert "  tools install " in gov.run("tools", check=2).stderr


def test_visual_studio_code_gets_the_tools_by_a_path_that_stays(gov, project):
    write(project, f'greet = "{MODULE}@v1.0.0"')
    gov.run("allow")
    assert "greet" not in gov.run("vscode", "--print").json["go.alternateTools"]
    gov.run("tools", "install")
    path = gov.run("vscode", "--print").json["go.alternateTools"]["greet"]
    gov.run("tools", "upgrade")
    assert gov.run("vscode", "--print").json["go.alternateTools"]["greet"] == path
    assert subprocess.run([path], capture_output=True, text=True).stderr == f"two {GO}\n"
