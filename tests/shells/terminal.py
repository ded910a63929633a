# SPDX-License-Identifier: Apache-2.0
"""Real shells on a pseudo-terminal, with gov's hook in their start-up file.

Each shell has a prompt function of the tests' own that comes after gov's. It writes the status that
it sees to a file: so the test knows when the shell is ready, whatever its editor draws, and what
gov's hook made of $?.
"""

import contextlib
import os
import re
import shlex
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional

import pexpect

from world.program import Gov

# The shells whose hook keeps gov's answers, and those whose hook asks at each prompt.
NAMES = ("bash", "zsh", "fish")
ASKING = ("elvish", "nu", "tcsh")

_REPOSITORY = Path(__file__).resolve().parents[2]

_READY = {
    "bash": """
__test_ready() { local "code=$?"; builtin printf '%s\\n' "$code" >> @FILE@; return "$code"; }
if [[ ${PROMPT_COMMAND[1]+x} ]]; then PROMPT_COMMAND+=('__test_ready && :')
else PROMPT_COMMAND+=$'\\n''__test_ready && :'; fi
PS1='$ '
""",
    "zsh": """
__test_ready() { local code=$?; builtin printf '%s\\n' $code >> @FILE@; return $code; }
precmd_functions+=(__test_ready)
PROMPT='$ '
unsetopt zle prompt_cr prompt_sp
""",
    "fish": """
function fish_prompt
    builtin printf '%s\\n' $status >> @FILE@
    builtin printf '$ '
end
function fish_greeting
end
""",
    "elvish": """
set edit:before-readline = [$@edit:before-readline { echo 0 >> @FILE@ }]
set edit:prompt = { put '$ ' }
set edit:rprompt = { put '' }
""",
    "nu": """
$env.config.show_banner = false
$env.PROMPT_COMMAND = {|| '' }
$env.PROMPT_COMMAND_RIGHT = {|| '' }
$env.PROMPT_INDICATOR = '$ '
$env.config.hooks.pre_prompt = ($env.config.hooks.pre_prompt | append {||
    "0\n" | save --raw --append @FILE@
})
""",
    "tcsh": """
alias __gov_test "`alias precmd`"
alias precmd '__gov_test; echo $status >> @FILE@'
set prompt = '$ '
""",
}

_HOOK = {
    "bash": 'eval "$(@GOV@ hook bash)"\n',
    "zsh": 'eval "$(@GOV@ hook zsh)"\n',
    "fish": "@GOV@ hook fish | source\n",
    "elvish": "eval (@GOV@ hook elvish | slurp)\n",
    "nu": "source @HOOK@\n",
    "tcsh": 'eval "`@GOV@ hook tcsh`"\n',
}


def quoted(shell: str, text: str) -> str:
    """`text` as one word of the shell; in nushell, elvish and tcsh without what tests do not need."""
    if shell == "fish":
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if shell == "elvish":
        return "'" + text.replace("'", "''") + "'"
    if shell == "nu":
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    word = shlex.quote(text)
    return word if shell != "tcsh" else word.replace("!", "\\!").replace("\n", "\\\n")


def program(shell: str) -> Optional[str]:
    """Where the shell is; nushell comes from npm, which scripts/test puts below build/."""
    found = shutil.which(shell)
    if found is None and shell == "nu":
        brought = sorted(_REPOSITORY.glob("build/nushell/node_modules/@nushell/*/bin/nu"))
        found = str(brought[0]) if brought else None
    return found


def start_up_file(shell: str, binary: Path, ready: Path, before: str = "", after: str = "") -> str:
    """The text of a start-up file: the user's own lines, gov's hook, more lines of the user's."""
    hook = _HOOK[shell].replace("@GOV@", quoted(shell, str(binary)))
    return before + "\n" + hook + after + _READY[shell].replace("@FILE@", quoted(shell, str(ready)))


@dataclass(frozen=True)
class Prompt:
    """What the terminal showed up to a prompt, and the status there."""

    status: int
    text: str

    @property
    def said(self) -> list[str]:
        """The lines that gov wrote."""
        return [line for line in self.lines if line.startswith("gov: ")]

    @property
    def lines(self) -> list[str]:
        """What stands on the terminal; a line that was drawn again counts again."""
        return re.split(r"[\r\n]+", self.text)


def _of_session(leader: int) -> Iterator[int]:
    """The processes of the session: strace that is killed leaves what it traces alive."""
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(ValueError, ProcessLookupError):
            if os.getsid(int(entry.name)) == leader:
                yield int(entry.name)


class Shell:
    """An interactive shell; `before` and `after` stand around the hook in its start-up file.

    A fish is `bare` without what a fish keeps in files, its universal variables among it.
    """

    def __init__(
        self,
        name: str,
        gov: Gov,
        cwd: Optional[Path] = None,
        before: str = "",
        after: str = "",
        env: Optional[dict[str, Optional[str]]] = None,
        wrapper: tuple[str, ...] = (),
        bare: bool = True,
    ) -> None:
        self.name = name
        self.files = gov.root / f"shell-{time.monotonic_ns()}"
        self.files.mkdir()
        self._ready = self.files / "ready"
        self._ready.touch()
        self._seen = 0
        start_up = self.files / {"zsh": ".zshrc", "tcsh": ".tcshrc"}.get(name, "start-up")
        text = start_up_file(name, gov.binary, self._ready, before, after)
        if name == "nu":  # which reads files alone
            (self.files / "hook.nu").write_text(gov.run("hook", "nu").stdout)
            text = text.replace("@HOOK@", quoted(name, str(self.files / "hook.nu")))
        start_up.write_text(text)
        environment = gov.environment({"TERM": "dumb", "SHELL": name, **(env or {})})
        command = {
            "bash": ("bash", "--noprofile", "--noediting", "--rcfile", str(start_up), "-i"),
            "zsh": ("zsh", "-o", "no_global_rcs", "-i"),
            "fish": ("fish", "-i", "-C", f"source {start_up}") + (("-N",) if bare else ()),
            "elvish": ("elvish", "-db", str(self.files / "db"), "-rc", str(start_up)),
            "nu": (program("nu"), "--config", str(start_up), "--no-history"),
            "tcsh": ("tcsh",),
        }[name]
        if name == "zsh":
            environment["ZDOTDIR"] = str(self.files)
        if name == "tcsh":
            environment["HOME"] = str(self.files)
        if name == "elvish":
            environment["TERM"] = "xterm"
        words = wrapper + command
        self._child = pexpect.spawn(
            words[0],
            list(words[1:]),
            env=environment,
            cwd=str(cwd or gov.project),
            dimensions=(50, 8000),
            timeout=20,
        )
        self._child.delaybeforesend = None
        self.first = self._wait()

    def do(self, line: str) -> Prompt:
        """Types a line and waits for the next prompt."""
        end = b"\r" if self.name in ("elvish", "nu") else b"\n"
        self._child.send(line.encode("utf-8", "surrogateescape") + end)
        return self._wait()

    def cd(self, directory: object) -> Prompt:
        return self.do("cd " + quoted(self.name, str(directory)))

    def environment(self) -> dict[str, str]:
        """What a child process of the shell sees."""
        file = self.files / "environment"
        file.unlink(missing_ok=True)
        self.do(f"/usr/bin/env -0 {'o>' if self.name == 'nu' else '>'} {file}")
        entries = file.read_bytes().decode("utf-8", "surrogateescape").split("\0")
        return dict(entry.split("=", 1) for entry in entries if "=" in entry)

    def value(self, name: str) -> Optional[str]:
        return self.environment().get(name)

    def close(self) -> None:
        """Ends the shell whatever it is doing, also where a wrapper has started it."""
        for process in _of_session(self._child.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._child.ptyproc.delayafterclose = 0
        self._child.close(force=True)

    def exit(self) -> None:
        """Leaves the shell by its own means."""
        self._child.send(b"exit\n")
        self._child.expect(pexpect.EOF)
        self._child.close()

    def _wait(self) -> Prompt:
        text = b""
        limit = time.monotonic() + 20
        while True:
            text += self._read()
            lines = self._ready.read_text().splitlines()
            if len(lines) > self._seen:
                break
            if not self._child.isalive() or time.monotonic() > limit:
                raise AssertionError(f"{self.name} gave no prompt; it showed:\n{text!r}")
        limit = time.monotonic() + 0.1
        while not text.endswith(b"$ ") and time.monotonic() < limit:  # what it prints last
            text += self._read()
        self._seen = len(lines)
        return Prompt(int(lines[-1]), text.decode("utf-8", "surrogateescape"))

    def _read(self) -> bytes:
        try:
            text = self._child.read_nonblocking(65536, timeout=0.005)
            for _ in range(text.count(b"\x1b[6n")):  # nushell asks where the cursor is
                self._child.send(b"\x1b[1;1R")
            return text
        except (pexpect.TIMEOUT, pexpect.EOF):
            return b""


