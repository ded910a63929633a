# SPDX-License-Identifier: Apache-2.0
"""gov vscode: the settings of Visual Studio Code, edited in place."""

import json

import pytest

GO = "go1.22.6"


@pytest.fixture
def settings(gov):
    for name in (GO, "go1.24.13"):
        (gov.make_up(name) / "go").symlink_to("/bin/true")
    gov.run("use", "1.22.6")
    return gov.project / ".vscode/settings.json"


def wanted(gov, name=GO):
    return {
        "go.alternateTools": {"go": f"{gov.goroot(name)}/bin/go"},
        "go.toolsEnvVars": {"GOROOT": str(gov.goroot(name)), "GOTOOLCHAIN": "local"},
    }


def test_the_settings_are_made_beside_the_pin_and_follow_it(gov, settings):
    below = gov.project / "below"
    below.mkdir()
    told = gov.run("vscode", cwd=below)
    assert f"{settings} now has {GO}" in told.stderr and told.stdout == ""
    assert json.loads(settings.read_text()) == wanted(gov)
    assert "has go1.22.6 already" in gov.run("vscode").stderr
    gov.run("use", "1.24.13")
    gov.run("vscode")
    assert json.loads(settings.read_text()) == wanted(gov, "go1.24.13")


def test_comments_and_other_settings_stay_byte_for_byte(gov, settings):
    settings.parent.mkdir()
    before = (
        '// ours\r\n{\r\n\t"editor.tabSize": 8, // tabs\r\n\t/* the go command */\r\n\t"go.alternateTools": {\r\n'
        '\t\t"go": "/usr/bin/go", // old\r\n\t\t"dlv": "dlv",\r\n\t},\r\n\t"go.toolsEnvVars": {"GOPRIVATE": "x"},\r\n}\r\n'
    )
    settings.write_bytes(before.encode())
    gov.run("vscode")
    after = before.replace("/usr/bin/go", f"{gov.goroot(GO)}/bin/go").replace(
        '"GOPRIVATE": "x"}', f'"GOPRIVATE": "x", "GOROOT": "{gov.goroot(GO)}", "GOTOOLCHAIN": "local"}}'
    )
    assert settings.read_bytes().decode() == after


def test_print_writes_nothing(gov, settings):
    assert json.loads(gov.run("vscode", "--print").stdout) == wanted(gov)
    assert not settings.exists()


def test_settings_that_cannot_be_read_are_left_alone(gov, settings):
    settings.parent.mkdir()
    settings.write_text('{\n  "go.alternateTools": {"go": \n')
    told = gov.run("vscode", check=2)
    assert f"editing {settings}: 3:1: a value is expected here" in told.stderr
    assert settings.read_text() == '{\n  "go.alternateTools": {"go": \n'


def test_without_a_toolchain_nothing_is_written(gov, settings):
    gov.run("use", "1.99.1")
    assert "run: gov install go1.99.1" in gov.run("vscode", check=6).stderr
    assert not settings.parent.exists()
