# SPDX-License-Identifier: Apache-2.0
"""What prompts and cd cost in interactive shells: bare ones, and with gov's hook or a peer's."""

import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Optional

import pexpect

DEPTHS = (3, 6, 10)
SHELLS = ("bash", "zsh")
FORK = "fork and exec of /bin/true"
VERSION = "1.22.6"
# What the hook looks for in each directory, up to one that has the first.
_NAMES = (".gotoolchain.toml", ".go-version", ".tool-versions", "go.work", "go.mod")
_FIRST = 12  # projects that a shell has not seen before

# Every step is timed by the shell itself, and written as "step|begin|end|runs". An unchanged prompt
# runs in short batches, so that on a busy machine most are over before another process gets the
# processor; whatever happens but once is timed alone.
_SCRIPT = """
exec 3> @RESULTS@
@CLOCK@
@HOOK@
prompt() { @PROMPT@; }
tell() { printf '%s|%s|%s|%s\\n' "$@" >&3; }
many() {
    local i j begin
    for ((j = 0; j < @BATCHES@; j++)); do
        begin=$EPOCHREALTIME
        for ((i = 0; i < @MANY@; i++)); do prompt; done
        tell "$1" $begin $EPOCHREALTIME @MANY@
    done
}
once() {
    local begin=$EPOCHREALTIME
    cd "$2"; prompt
    tell "$1" $begin $EPOCHREALTIME 1
}
cd @ROOT@/out; prompt
for ((n = 0; n < @FIRST@; n++)); do
    once 'first cd into a project' @ROOT@/first-$n
    cd @ROOT@/out; prompt
    begin=$EPOCHREALTIME; nothing=$(/bin/true); tell '@FORK@' $begin $EPOCHREALTIME 1
done
for depth in @DEPTHS@; do
    cd -P @ROOT@/at-$depth; prompt
    many "unchanged, depth $depth"
done
cd @ROOT@/p3; prompt; cd @ROOT@/out; prompt
for ((n = 0; n < @BATCHES@; n++)); do
    once 'back into a known project' @ROOT@/p3
    once 'cd inside a project' @ROOT@/p3/a
    once 'leaving a project' @ROOT@/out
    once 'cd where nothing is pinned' @ROOT@/out/a
done
"""
_CLOCK = {"bash": "", "zsh": "zmodload zsh/datetime"}
# The commands that the shell itself runs before a prompt.
_PROMPT = {
    "bash": 'local c; for c in "${PROMPT_COMMAND[@]}"; do eval "$c"; done',
    "zsh": "local f; for f in $precmd_functions; do $f; done",
}
_HOOKS = {
    "bare": "PROMPT_COMMAND=:",
    "gov": 'eval "$(@GOV@ hook @SHELL@)"',
    "direnv": 'eval "$(direnv hook @SHELL@)"',
    "mise": 'eval "$(@MISE@ activate @SHELL@)"',
}


class Shells:
    """The times of each step, by shell and hook, gathered round by round."""

    def __init__(self, root: Path, gov: Path, goroot: Path, mise: Optional[Path]) -> None:
        self.root, self.gov, self.mise = root, gov, mise
        self.shells = [shell for shell in SHELLS if shutil.which(shell)]
        peers = {"direnv": shutil.which("direnv"), "mise": mise}
        self.hooks = [hook for hook in _HOOKS if peers.get(hook, True)]
        self.times = {
            shell: {hook: defaultdict(list) for hook in self.hooks} for shell in self.shells
        }
        self.environment = {
            "HOME": str(root / "home"),
            "PATH": "/usr/bin:/bin",
            "TERM": "dumb",
            "LANG": "C.UTF-8",
            "GOV_HOME": str(root / "gov"),
            "XDG_STATE_HOME": str(root / "state"),
            "DIRENV_LOG_FORMAT": "",
            **mise_settings(root),
        }
        self._prepare(goroot)

    def round(self) -> None:
        for shell in self.shells:
            for hook in self.hooks:
                for step, microseconds in self._run(shell, hook):
                    self.times[shell][hook][step].append(microseconds)

    def watched(self, depth: int) -> int:
        """How many paths an unchanged prompt looks at: the places of landmarks from here up to the pin,
        and what gov's answer watches."""
        place = (self.root / f"at-{depth}").resolve()
        environment = {**self.environment, "PWD": str(place)}
        asked = [self.gov, "export", "bash"]
        answer = subprocess.run(asked, cwd=place, env=environment, capture_output=True, text=True)
        same = re.search(r"__gov_same\(\) \{(.*?)\n\}", answer.stdout, re.DOTALL)
        paths = set(re.findall(r"'(/[^']*)'", same[1])) if same else set()
        for level in (place, *place.parents):
            paths |= {f"{level}/{name}" for name in _NAMES}
            if (level / _NAMES[0]).exists():
                break
        return len(paths)

    def _prepare(self, goroot: Path) -> None:
        """Projects whose files mean the same to everybody, deep directories, and plain ones."""
        for name in ("out/a", "p3/a", *(f"first-{n}" for n in range(_FIRST))):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        projects = [f"first-{n}" for n in range(_FIRST)]
        for depth in DEPTHS:
            deep = Path(self.root, f"p{depth}", *["d"] * (depth - len(self.root.parts)))
            deep.mkdir(parents=True, exist_ok=True)
            (self.root / f"at-{depth}").symlink_to(deep)
            projects.append(f"p{depth}")
        for project in projects:
            self._write_pins(self.root / project, goroot)

    def _write_pins(self, project: Path, goroot: Path) -> None:
        (project / ".gotoolchain.toml").write_text(f'go = "{VERSION}"\n')
        (project / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
        (project / "mise.toml").write_text(f'[tools]\ngo = "{VERSION}"\n')
        (project / ".envrc").write_text(
            f"export GOROOT={goroot} GOTOOLCHAIN=local\nPATH_add {goroot}/bin\n"
        )
        if "direnv" in self.hooks:
            subprocess.run(["direnv", "allow", project], env=self.environment, check=True)

    def _run(self, shell: str, hook: str) -> list[tuple[str, float]]:
        """Each sample's step and microseconds a run, from one shell on a terminal of its own."""
        slow = hook in ("direnv", "mise")
        script, results = _SCRIPT, self.root / "results"
        for name, value in {
            "HOOK": _HOOKS[hook],
            "PROMPT": _PROMPT[shell],
            "CLOCK": _CLOCK[shell],
            "BATCHES": "5" if slow else "40",
            "MANY": "1" if slow else "20",
            "FIRST": str(_FIRST),
            "FORK": FORK,
            "DEPTHS": " ".join(map(str, DEPTHS)),
            "RESULTS": str(results),
            "ROOT": str(self.root),
            "GOV": str(self.gov),
            "MISE": str(self.mise),
            "SHELL": shell,
        }.items():
            script = script.replace(f"@{name}@", value)
        file = self.root / "script"
        file.write_text(script)
        options = {"bash": ["--norc", "-i"], "zsh": ["-f", "-i"]}[shell]
        terminal = pexpect.spawn(shell, [*options, str(file)], env=self.environment, timeout=300)
        terminal.expect(pexpect.EOF)
        terminal.close()
        samples = []
        for line in results.read_text().splitlines():
            step, begin, end, runs = line.split("|")
            samples.append((step, (float(end) - float(begin)) * 1e6 / int(runs)))
        return samples


def mise_settings(root: Path) -> dict[str, str]:
    """mise with folders of its own that trusts the projects here and never asks the network."""
    folders = ("DATA", "CACHE", "CONFIG", "STATE")
    return {
        **{f"MISE_{name}_DIR": str(root / "mise" / name.lower()) for name in folders},
        "MISE_OFFLINE": "1",
        "MISE_TRUSTED_CONFIG_PATHS": str(root),
    }
