# SPDX-License-Identifier: Apache-2.0
"""Every value and every PATH comes back byte for byte through each real shell."""

import random
import subprocess
from pathlib import Path

import pytest

from terminal import quoted

COUNT = 2000

# What has a meaning somewhere: to a shell, to its parser, to a terminal, to gov's own texts.
TRICKY = [
    *("", " ", "  a  ", "'", "''", "'\\''", '"', "\\", "\\\\", "a\\", "a'b", "\\'; touch PWN; \\'"),
    *("$(touch PWN)", "`touch PWN`", "${IFS}", "$HOME", "!!", "!ls", "~", "~root", "*", "?", "[a]"),
    *("{a,b}", "#x", "=ls", "%n", "%F{red}%(?.a.b)", "-n", "--", "-rf", "x' ; touch PWN #", "a;b"),
    *("a|b", "a&b", "a<b", "a>b", "(x)", "a\nb", "\n", "a\n\n", "\t", "\r", "\x1b]0;x\x07", ",", "@"),
    *("’; touch PWN; ’", '";touch PWN;"', "\\x41", "\\101", "\\n", "$'\\047'", ": gov-end", "é", "🌈"),
    *("\n: gov-end", "A" * 255, "\u202egpj.exe", "end", "}", ";end;", "set -gx", "%s", "(echo x)"),
]


def samples() -> list[bytes]:
    """COUNT strings without NUL: the tricky ones, every byte, and random ones of hostile bytes."""
    chosen = [text.encode() for text in TRICKY] + [b"\xff\xfe", b"a\x80b", b"\xe2\x28\xa1"]
    for byte in range(1, 256):
        chosen += [bytes([byte]), b"a" + bytes([byte]) + b"b"]
    generator = random.Random(1)
    alphabet = b"'\"\\$`!~*?[]{}()<>|&;#%=:-\n\t\r\x1b \x7f\x80\xff\xc3\xa9abc0"
    while len(chosen) < COUNT:
        chosen.append(bytes(generator.choices(alphabet, k=generator.randint(1, 24))))
    return chosen


@pytest.fixture
def answers(home, name) -> Path:
    """gov's answers on entering a project with each sample as GOROOT, one file a sample."""
    project = home.project_on("1.22.6")
    directory = home.root / "answers"
    directory.mkdir()
    environment = {key.encode(): value.encode() for key, value in home.env.items()}
    for number, sample in enumerate(samples()):
        with open(directory / str(number), "wb") as file:
            subprocess.run(
                [home.binary, "export", name],
                env={**environment, b"GOROOT": sample},
                cwd=project,
                stdout=file,
                check=True,
            )
    return directory


HOOK = {"bash": 'eval "$(@GOV@ hook @NAME@)"\n', "fish": "@GOV@ hook fish | source\n"}
SCRIPT = {
    "bash": """
for ((i = 0; i < @COUNT@; i++)); do
    . @ANSWERS@/$i
    __gov_enter
    [[ $GOROOT == @GOROOT@ ]] && __gov_can_leave || printf 'not entered'
    __gov_leave
    __gov_can_enter || printf 'not as before: '
    printf '%s\\0' "$GOROOT"
done
""",
    "fish": """
for i in (seq 0 (math @COUNT@ - 1))
    source @ANSWERS@/$i
    __gov_enter
    test "$GOROOT" = @GOROOT@; and __gov_can_leave; or printf 'not entered'
    __gov_leave
    __gov_can_enter; or printf 'not as before: '
    printf '%s\\0' "$GOROOT"
end
""",
}


def run(name: str, script: str, home, **variables: str) -> bytes:
    """What the shell prints on running the script, with the variables' values as words."""
    for key, value in {"GOV": str(home.binary), **variables}.items():
        script = script.replace(f"@{key}@", quoted(name, value) if key != "COUNT" else value)
    command = {"bash": ("bash", "--norc"), "zsh": ("zsh", "-f"), "fish": ("fish", "-N")}[name]
    file = home.root / "script"
    file.write_bytes(script.encode("utf-8", "surrogateescape"))
    done = subprocess.run(
        [*command, file], env=home.env, cwd=home.root, capture_output=True, check=True
    )
    assert done.stderr == b""
    return done.stdout


def test_every_value_comes_back(home, name, answers):
    script = HOOK["fish" if name == "fish" else "bash"] + SCRIPT["fish" if name == "fish" else "bash"]
    goroot = str(home.goroot("go1.22.6"))
    told = run(
        name, script, home, NAME=name, COUNT=str(COUNT), ANSWERS=str(answers), GOROOT=goroot
    )
    for number, (value, sample) in enumerate(zip(told.split(b"\0"), samples())):
        assert value == sample, f"sample {number}"
    assert told.count(b"\0") == COUNT
    assert not list(home.root.rglob("PWN"))


def test_every_path_is_given_back(home, name):
    generator = random.Random(2)
    pieces = ["/usr/bin", "/g/bin", "/g", "", " ", "'", "$(touch PWN)", "*", "\\", "/g/bin/", "é", "~"]
    if name == "fish":
        pieces.remove("")  # fish itself makes a "." of an empty entry
    script = HOOK["fish" if name == "fish" else "bash"]
    paths = []
    for _ in range(10_000):
        entries = generator.choices(pieces, k=generator.randint(1, 8))
        paths.append(":".join(entries))
        if name == "fish":
            script += "set -gx PATH " + " ".join(quoted(name, entry) for entry in entries) + "\n"
            script += "__gov_add /g/bin; __gov_add /s; __gov_drop /g/bin; __gov_drop /s\n"
            script += "printf '%s\\0' (string join : -- $PATH)\n"
        else:
            script += f"PATH={quoted(name, paths[-1])}\n"
            script += "__gov_add /g/bin; __gov_add /s; __gov_drop /g/bin; __gov_drop /s\n"
            script += "printf '%s\\0' \"$PATH\"\n"
    told = run(name, script, home, NAME=name).decode().split("\0")[:-1]
    assert told == paths
    assert not list(home.root.rglob("PWN"))


def test_a_path_that_is_not_set_is_not_set_again(home, name):
    if name == "fish":
        pytest.skip("fish always has a PATH")
    script = HOOK["bash"] + 'unset PATH\n__gov_add /g\n'
    script += 'printf "%s " "$PATH"\n__gov_drop /g\nprintf "%s " "${PATH-unset}"\n'
    script += 'PATH=\n__gov_add /g\n__gov_drop /g\nprintf "%s" "<${PATH-unset}>"\n'
    assert run(name, script, home, NAME=name) == b"/g unset <>"
