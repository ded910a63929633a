# SPDX-License-Identifier: Apache-2.0
"""Installing and listing by ranges and names."""

import pytest

from world import publish, site

NAME = "go1.99.1"  # the made-up release


@pytest.fixture
def index(server, world):
    """Makes the download site's index list releases; only the made-up one can be had."""

    def serve(*names):
        rows = [site.entry(name, site.row(world.mini, version=name)) for name in names]
        server.routes[publish.INDEX_PATH] = site.encoded(rows)

    return serve


@pytest.mark.parametrize(
    "spec", ("1.99", "1.99.x", "^1.98", "~1.99.0", ">=1.98 <2", "stable", "latest", "go1.99")
)
def test_a_range_or_a_name_installs_the_newest_there_is(gov, spec):
    assert gov.run("install", spec).stdout == f"{gov.goroot(NAME)}\n"


def test_what_is_installed_is_preferred_unless_the_latest_is_asked_for(gov, installed, genuine):
    installed("go1.22.6")
    told = gov.run("install", "1.22")
    assert "go1.22.6 is installed already" in told.stderr
    assert gov.run("install", "1.22", "--latest").stdout == f"{gov.goroot('go1.22.7')}\n"
    assert gov.run("exec", "1.22", "--", "go", "version").stdout.startswith("go version go1.22.7 ")
    assert gov.run("list", "~1.22.1", "--json").json[1]["version"] == "go1.22.7"


def test_oldstable_and_rc_are_what_the_sources_say(gov, index):
    index("go1.101rc1", "go1.101beta1", "go1.100.3", NAME, "go1.98.9")
    assert gov.run("install", "oldstable").stdout == f"{gov.goroot(NAME)}\n"
    # At the prompt nobody asks the sources, but what they said last is known.
    assert gov.run("use", "oldstable").stderr.endswith(f", here {NAME}\n")
    assert gov.run("current").stdout.startswith(f"{NAME} (")
    assert "go1.101rc1" in gov.run("install", "rc", check=None).stderr


def test_without_a_word_the_pin_s_range_is_installed(gov):
    (gov.project / ".go-version").write_text("1.99\n")
    assert gov.run("install").stdout == f"{gov.goroot(NAME)}\n"
    assert gov.run("current").stdout == f"{NAME} ({gov.project}/.go-version:1)\n"


def test_without_a_word_all_versions_of_a_tool_versions_are_installed(gov):
    (gov.project / ".tool-versions").write_text("golang 1.99.1 1.99\nnodejs 20\n")
    assert gov.run("install").stdout == f"{gov.goroot(NAME)}\n"


def test_without_a_word_the_floor_of_go_mod_is_installed(gov):
    (gov.project / "go.mod").write_text("module m\n\ngo 1.99.0\n")
    assert "no installed release is Go 1.99.0 or newer" in gov.run("exec", "--", "go", check=127).stderr
    gov.run("install")
    assert gov.run("current").stdout == f"{NAME} ({gov.project}/go.mod:3)\n"


@pytest.mark.parametrize(
    "spec, code, reason, hint",
    (
        ("1.97", 6, "no source has a release that is 1.97", "did you mean 1.99?"),
        ("latestt", 2, '"latestt" is no version', "did you mean latest?"),
        ("1.99.1.1", 2, '"1.99.1.1" is not a Go version', "did you mean 1.99.1?"),
        (">=1.99 <1.98", 2, "is a range that no version is in", 'did you mean ">=1.98 <1.99"?'),
        ("^1", 2, "names every release", "stable"),
        (">=3", 6, "no source has a release that is >=3", "newest release is go1.99.1"),
        (">=1.100", 6, "no source has a release that is >=1.100", "newest release is go1.99.1"),
    ),
)
def test_a_mistake_is_told_with_the_nearest_right_thing(gov, spec, code, reason, hint):
    told = gov.refuses(spec, code, reason)
    assert hint in told.stderr.splitlines()[-1]


def test_the_list_takes_ranges_too(gov, index):
    index("go1.101rc1", "go1.100.3", NAME, "go1.98.9", "go1.98.1")

    def versions(*words):
        return [row["version"] for row in gov.run("list", "-r", "--json", *words).json]

    assert versions("1.98") == ["go1.98.9", "go1.98.1"]
    assert versions(">=1.98.2 <1.100") == [NAME, "go1.98.9"]
    assert versions("oldstable") == [NAME]
    assert versions("^1.99", "--all") == ["go1.101rc1", "go1.100.3", NAME]
    gov.run("install", NAME)
    assert gov.run("list", "1.99").stdout == f"  {NAME}\n"
    assert "no installed release is 1.98" in gov.run("list", "1.98", check=6).stderr
