# SPDX-License-Identifier: Apache-2.0
"""Whatever comes, goes or changes around a directory: the hook gives what a fresh gov would.

A random tree of directories is changed step by step under a shell that stays or moves in it. After
each step the shell's environment and what the hook would say are compared with gov export in an
environment that gov has never touched. The seed is the steps' only source of chance.
"""

import random
import shutil
import subprocess

import pytest

STEPS = 60
TEXTS = {
    ".gotoolchain.toml": (
        'go = "1.22.6"\n',
        'go = "1.24.13"\n',
        'go = "1.21.1"\n',
        'go = "1.22"\n',
        '[env]\nWHO = "one"\n',
        'go = "1.22.6"\n[env]\nWHO = "two"\n',
        "inherit = true\n",
        'inherit = true\ngo = "1.24.13"\n[env]\nWHO = "three"\n',
        "go = 1\n",
    ),
    ".go-version": ("1.22.6\n", "1.24.13\n", "nonsense\n", ""),
    ".tool-versions": ("golang 1.22.6\n", "nodejs 20\n"),
    "go.work": ("go 1.22\n", "go 1.24.1\n", "go 1.25\n", "nonsense\n"),
    "go.mod": (
        "module m\n",
        "module m\n\ngo 1.22\n",
        "module m\n\ngo 1.24.1\n",
        "module m\n\ngo 1.22\n\ntoolchain go1.24.13\n",
        "module m\n\ngo 1.25\n",
    ),
}
VARIABLES = ("GOROOT", "GOTOOLCHAIN", "PATH", "WHO", "GOV_STATE")


class Walk:
    """A random walk through states of a tree; each step says what it did."""

    def __init__(self, home, shell, top, seed) -> None:
        self.home, self.shell = home, shell
        self.levels = [top]
        for name in ("a", "b b", "c'c", "d"):
            self.levels.append(self.levels[-1] / name)
        self.levels[-1].mkdir(parents=True)
        self.chance = random.Random(seed)
        self.here = self.levels[-1]
        shell.cd(self.here)

    def step(self) -> str:
        kind = self.chance.choices(
            (self.write, self.remove, self.go, self.allow, self.session, self.nothing),
            (10, 5, 4, 2, 1, 1),
        )[0]
        return kind()

    def place(self):
        name = self.chance.choices(tuple(TEXTS), (5, 2, 2, 2, 3))[0]
        return self.chance.choice(self.levels) / name

    def write(self) -> str:
        place = self.place()
        _remove(place)
        if self.chance.random() < 0.1:
            place.mkdir()
            return f"mkdir {place}"
        if self.chance.random() < 0.1:
            place.symlink_to("nowhere")
            return f"dead link {place}"
        place.write_text(self.chance.choice(TEXTS[place.name]))
        return f"wrote {place}: {place.read_text()!r}"

    def remove(self) -> str:
        present = [level / name for level in self.levels for name in TEXTS]
        present = [place for place in present if place.exists()]
        if not present:
            return "nothing to remove"
        place = self.chance.choice(present)
        _remove(place)
        return f"removed {place}"

    def go(self) -> str:
        self.here = self.chance.choice(self.levels)
        self.shell.cd(self.here)
        return f"cd {self.here}"

    def allow(self) -> str:
        level = self.chance.choice(self.levels)
        self.home.run("allow", str(level), check=None)
        return f"allow {level}"

    def session(self) -> str:
        words = self.chance.choice(("--unset", "1.22.6"))
        self.shell.do(f"gov shell {words}")
        return f"gov shell {words}"

    def nothing(self) -> str:
        return "nothing"

    def found(self) -> tuple:
        """What the shell has after its next prompt, and what its hook says there."""
        self.shell.do("")
        note = self.shell.files / "note"
        self.shell.do(f"printf %s \"$__gov_note\" > {note}")
        environment = self.shell.environment()
        return tuple(environment.get(name) for name in VARIABLES), note.read_text()

    def expected(self) -> tuple:
        """The same of a shell that has just been started there."""
        environment = {**self.home.env, "PWD": str(self.here)}
        session = self.shell.value("GOV_VERSION")
        if session is not None:
            environment["GOV_VERSION"] = session
        script = 'eval "$("$0" export sh)"; exec /usr/bin/env -0'
        done = subprocess.run(
            ["sh", "-c", script, self.home.binary],
            cwd=self.here, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        entries = dict(line.split("=", 1) for line in done.stdout.split("\0") if "=" in line)
        return tuple(entries.get(name) for name in VARIABLES), done.stderr[5:].rstrip("\n").replace("\ngov: ", "\n")


def _remove(place) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


@pytest.mark.parametrize("where", ("below the home directory", "around the home directory"))
@pytest.mark.parametrize("seed", (1, 2))
def test_the_hook_gives_what_a_fresh_gov_would(home, start, seed, where):
    top = home.root / "tree"
    if where == "around the home directory":
        home.env["HOME"] = str(top / "a/b b")
    walk = Walk(home, start(), top, seed)
    history = []
    for _ in range(STEPS):
        history.append(walk.step())
        assert walk.found() == walk.expected(), "\n".join(history)
