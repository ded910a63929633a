# SPDX-License-Identifier: Apache-2.0
"""gov's reading of go.mod, go.work and GOTOOLCHAIN against the go command's own trace."""

import os
import random
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

import pytest

from world.program import Gov
from world.releases import go_env

_RULES = Path(__file__).parent.parent / "data/resolver_differences.txt"
_MOST_RULES = 8
_INSTALLED = ("go1.20.3", "go1.22.6", "go1.99.1", "go1.99.3")


@dataclass(frozen=True)
class Case:
    """What the go command and gov are shown; None: not there."""

    setting: Optional[str]  # GOTOOLCHAIN
    gowork: Optional[str]
    mod: Optional[tuple[str, str]]  # its go line and its toolchain line, "" without one
    work: Optional[tuple[str, str]]
    below: bool  # whether one stands in a directory below those files

    @property
    def lines(self) -> Optional[tuple[str, str]]:
        """Those of the file that counts."""
        return self.work if self.work and self.gowork != "off" else self.mod


def order(version: str) -> tuple:
    """A key that sorts the versions used here as Go does; what is none comes first."""
    found = re.fullmatch(r"(?:go)?(\d+)\.(\d+)(?:\.(\d+)|(rc)(\d+))?(?:-.*)?", version)
    if not found:
        return (-1,)
    major, minor, patch, kind, number = found.groups()
    if kind:
        rank = (0, int(number))
    elif patch is None:
        rank = (1, 0) if int(minor) < 21 else (-1, 0)
    else:
        rank = (1, int(patch))
    return (int(major), int(minor), *rank)


def cases(count: int, local: str, seed: int) -> list[Case]:
    number = local.removeprefix("go")
    language = ".".join(number.split(".")[:2])
    chance = random.Random(seed)
    go_lines = ("", "", "1.16", "1.20", "1.20.3", "1.21", "1.21rc2", "1.21.0", "1.22", "1.22.6", "1.22.7",
                language, number, "1.99", "1.99rc1", "1.99.0", "1.99.1", "1.99.2", "nonsense", "1.22.6 // why")  # fmt: skip
    toolchains = ("", "", "", "default", "go1.20.3", "go1.20", "go1.21", "go1.21rc2", "go1.22.6", "go1.22.9",
                  local, "go1.99.1", "go1.99.4", "go1.99", "go1.22.3-bigcorp", "go1.99.3-bigcorp",
                  "1.22.3", "gopher", "local")  # fmt: skip
    settings = (None, None, "", "auto", "auto", "path", "local", "local+auto", "local+path", "go1.22.6",
                "go1.22.6+auto", "go1.22.6+path", "go1.99.1", "go1.99.1+auto", local, f"{local}+auto",
                "1.22.6", "bash", "go1.22.6+foo", "go1.21", "go1.21+auto", "go1.22.3-bigcorp+auto")  # fmt: skip

    def lines() -> Optional[tuple[str, str]]:
        if chance.random() < 0.2:
            return None
        return chance.choice(go_lines), chance.choice(toolchains)

    return [
        Case(
            chance.choice(settings),
            chance.choice((None, None, "off", "auto")),
            lines(),
            lines() if chance.random() < 0.4 else None,
            chance.random() < 0.3,
        )
        for _ in range(count)
    ]


class Bench:
    """A home with some releases, and a project directory for each case."""

    def __init__(self, binary: Path, root: Path) -> None:
        self.gov = Gov(binary, root)
        self.go = shutil.which("go")
        self.local = go_env("GOVERSION")
        goroot = Path(go_env("GOROOT"))
        for name in (*_INSTALLED, self.local):
            (self.gov.make_up(name) / "go").symlink_to(self.go)
            shutil.copy(goroot / "go.env", self.gov.goroot(name))
        self.gov.run("default", self.local)
        # Some distributions' go.env says local; where GOTOOLCHAIN is not set, the user's file says auto.
        (root / "config/go/env").write_text("GOTOOLCHAIN=auto\n")
        self.env = {**self.gov.env, "GOPROXY": "off", "GOMODCACHE": str(root / "none"), "GODEBUG": "toolchaintrace=1"}

    def write(self, case: Case, project: Path) -> Path:
        here = project / "below" if case.below else project
        here.mkdir(parents=True)
        for name, lines, first in (("go.mod", case.mod, "module m\n"), ("go.work", case.work, "")):
            if lines:
                go, toolchain = lines
                text = first + (f"go {go}\n" if go else "") + (f"toolchain {toolchain}\n" if toolchain else "")
                (project / name).write_text(text)
        return here

    def run(self, numbered: tuple[int, Case]) -> tuple[Case, str, dict]:
        """The toolchain that go takes, "stop" where it takes none, and gov's explanation."""
        number, case = numbered
        here = self.write(case, self.gov.root / f"cases/{number}")
        env = {"GOTOOLCHAIN": case.setting, "GOWORK": case.gowork, "PWD": str(here)}
        told = self.gov.run("current", "--explain", "--json", cwd=here, env=env).json
        env = {name: value for name, value in {**self.env, **env}.items() if value is not None}
        oracle = subprocess.run([self.go, "version"], cwd=here, env=env, capture_output=True, text=True)
        return case, self.taken(oracle.stderr), told

    def taken(self, trace: str) -> str:
        if re.search(r'invalid (GOTOOLCHAIN|toolchain) "', trace):
            return "stop"
        if "go: using local toolchain" in trace:
            return self.local
        taken = re.findall(r"go: (?:default toolchain set|upgrading toolchain) to (\S+)", trace)
        return taken[-1] if taken else self.local  # without a word where nothing has a say


def is_release(name: str) -> bool:
    return re.fullmatch(r"go1\.(\d+\.\d+|\d+rc\d+|20)", name) is not None


def rules(local: str) -> dict[str, Callable[[Case, str, str], bool]]:
    """Whether each rule says why gov chose `ours` where go takes `theirs`."""

    def named(case: Case) -> str:
        return (case.setting or "").partition("+")[0]

    def exact(case: Case, theirs: str, ours: str) -> bool:
        return case.lines is not None and ours == case.lines[1] and order(theirs) > order(ours)

    def floor(case: Case, theirs: str, ours: str) -> bool:
        if case.lines is None or order(case.lines[0].split(" ")[0]) < order("1"):
            return False
        go = case.lines[0].split(" ")[0]
        usable = [one for one in (*_INSTALLED, local) if order(one) >= order(go)]
        line = [one for one in usable if order(one)[:2] == order(go)[:2]]
        best = max(line or usable, key=order, default="stop")
        return order(theirs) >= order(go) and ours == best

    def local_alone(case: Case, theirs: str, ours: str) -> bool:
        return case.setting == "local" and theirs == local and follows(case, ours)

    def follows(case: Case, ours: str) -> bool:
        """What gov chooses by the lines alone."""
        return case.lines is not None and (
            ours == case.lines[1] or ours == "stop" or floor(case, "go9.0", ours)
        )

    def invalid(case: Case, theirs: str, ours: str) -> bool:
        setting = case.setting or ""
        bad = setting in ("1.22.6", "bash", "go1.22.6+foo")
        return bad and theirs == "stop" and (ours == local or follows(case, ours))

    def published(case: Case, theirs: str, ours: str) -> bool:
        lines = case.lines or ("", "")
        setting, line = (name.startswith("go1.") and not is_release(name) for name in (named(case), lines[1]))
        if setting:  # then the default counts in its place
            return theirs == named(case) or ours == local or follows(case, ours)
        return line and theirs == lines[1] and ours == "stop"

    def no_module(case: Case, theirs: str, ours: str) -> bool:
        return case.lines is None and ours == local

    return {
        "toolchain-line-is-exact": exact,
        "floor-takes-newest-patch": floor,
        "local-keeps-go-alone": local_alone,
        "invalid-setting-is-passed-over": invalid,
        "published-releases-only": published,
        "no-module-no-say": no_module,
    }


def accepted() -> list[str]:
    rows = [row for row in _RULES.read_text().splitlines() if not row.startswith("#")]
    assert all(len(row.split("\t")) == 2 and len(row.split("\t")[1]) > 40 for row in rows)
    return [row.split("\t")[0] for row in rows]


def compare(binary: Path, root: Path, count: int, seed: int) -> set[str]:
    """The rules that were needed; fails at the first difference that no rule is for."""
    if shutil.which("go") is None:
        pytest.skip("there is no go on PATH to compare with")
    if order(go_env("GOVERSION")) < order("go1.24.0"):
        pytest.skip("the go on PATH is older than its trace of toolchains, which came with 1.24")
    bench = Bench(binary, root)
    known = {name: rule for name, rule in rules(bench.local).items() if name in accepted()}
    needed = set()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for case, theirs, told in pool.map(bench.run, enumerate(cases(count, bench.local, seed))):
            plain = "stop" if "failure" in told["plain_go"] else told["plain_go"]["toolchain"]
            assert plain == theirs, f"{case}: go takes {theirs}, gov says it would take {plain}\n{told}"
            ours = told.get("version", "stop")
            if ours == theirs:
                continue
            reasons = [name for name, rule in known.items() if rule(case, theirs, ours)]
            assert reasons, f"{case}: go takes {theirs}, gov {ours}\n{told}"
            if len(reasons) == 1:
                needed.update(reasons)
    return needed


def test_gov_agrees_with_the_go_command(binary: Path, directory: Path):
    compare(binary, directory, 300, seed=1)


@pytest.mark.long
def test_gov_agrees_with_the_go_command_over_many_combinations(binary: Path, directory: Path):
    assert compare(binary, directory, 2_500, seed=2) == set(accepted())


def test_the_accepted_differences_are_few_and_each_is_a_rule_here():
    assert accepted() == list(rules("go1.26.0")) and len(accepted()) <= _MOST_RULES
