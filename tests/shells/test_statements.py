# SPDX-License-Identifier: Apache-2.0
"""What gov export prints for shells that evaluate it at once: real shells read it back."""

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import require
from terminal import program, quoted
from test_names import HOSTILE
from test_quoting import COUNT, samples

# For each shell: the kind of answer, how it is started, and a script that evaluates COUNT answers
# and prints the two variables after each.
DASH = """
i=0
while [ $i -lt @COUNT@ ]; do
    . @ANSWERS@/$i
    printf '%s\\0' "$GOROOT"  # some ksh prints one a call
    printf '%s\\0' "$GOTOOLCHAIN"
    i=$((i+1))
done
"""
SHELLS = {
    "dash": ("sh", ("dash",), DASH),
    "ksh": ("sh", ("ksh",), DASH),
    "mksh": ("sh", ("mksh",), DASH),
    "bash": ("sh", ("bash", "--norc"), DASH),
    "zsh": ("sh", ("zsh", "-f"), DASH),
    "elvish": (
        "elvish",
        ("elvish", "-norc"),
        "for i [(range @COUNT@)] { eval (cat @ANSWERS@/$i | slurp); @PRINT@ }\n",
    ),
    "tcsh": (
        "tcsh",
        ("tcsh", "-f"),
        "set i = 0\nwhile ($i < @COUNT@)\n"
        'set __gov_answer = "`cat @ANSWERS@/$i`"\n'
        'if ("$__gov_answer:q" =~ *gov-end) eval "$__gov_answer:q"\n'
        "@PRINT@\n@ i = $i + 1\nend\n",
    ),
    "nu": (
        "nu",
        ("nu", "-n"),
        "for i in 0..<@COUNT@ { load-env (open --raw $'@ANSWERS@/($i)' | from json | get set)\n"
        "@PRINT@ }\n",
    ),
}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    return require(request.param)


@pytest.fixture(scope="module")
def cache() -> dict:
    """Answers by kind, for the shells that share them."""
    return {}


def escaped(value: bytes) -> str:
    """As GOV_STATE spells it."""
    plain = re.compile(rb"[A-Za-z0-9/._+@,:-]")
    letters = (bytes([byte]) for byte in value)
    return "".join(c.decode() if plain.match(c) else f"%{ord(c):02X}" for c in letters)


def ask(home, kind: str, values: tuple[bytes, bytes]) -> bytes:
    """What gov prints to give GOROOT and GOTOOLCHAIN these values back."""
    state = f"1;GOROOT=ours0<={escaped(values[0])};GOTOOLCHAIN=ours1<={escaped(values[1])}"
    environment = home.environment({"GOROOT": "ours0", "GOTOOLCHAIN": "ours1", "GOV_STATE": state})
    command = [home.binary, "export", kind]
    return subprocess.run(command, env=environment, cwd="/", capture_output=True, check=True).stdout


def test_every_value_comes_back(home, shell, cache):
    kind, command, script = SHELLS[shell]
    values = samples()
    pairs = list(zip(values[::2], values[1::2]))
    if kind not in cache:
        with ThreadPoolExecutor(2) as pool:
            cache[kind] = list(pool.map(lambda pair: ask(home, kind, pair), pairs))
    answers = home.root / "answers"
    answers.mkdir()
    for number, answer in enumerate(cache[kind]):
        (answers / str(number)).write_bytes(answer)
    script = script.replace("@COUNT@", str(COUNT // 2)).replace("@ANSWERS@", str(answers))
    file = home.root / "script"
    file.write_text(script.replace("@PRINT@", "/usr/bin/printenv -0 GOROOT GOTOOLCHAIN"))
    words = [program(command[0]), *command[1:], str(file)]
    done = subprocess.run(words, env=home.env, cwd=home.root, capture_output=True)
    assert done.returncode == 0 and done.stderr == b"", done.stderr[-500:]
    told = done.stdout.split(b"\0")[:-1]
    assert len(told) == COUNT
    before = [b"", b""]
    for number, (value, sample) in enumerate(zip(told, values)):
        if shell == "nu" and not is_utf8(sample):  # left out, and gov says so: as it was before
            sample = before[number % 2]
        assert value == sample, f"sample {number}"
        before[number % 2] = value
    assert not list(home.root.rglob("PWN"))


def cd_of_nushell_takes(name: bytes) -> bool:
    """Its paths are UTF-8; its cd takes blanks at the end and escape sequences out of a path."""
    return is_utf8(name) and name[-1:] not in b"\n\t\r" and b"\x1b" not in name


def is_utf8(text: bytes) -> bool:
    try:
        return bool(text.decode() or True)
    except UnicodeDecodeError:
        return False


def test_nushell_says_what_it_cannot_hold(home):
    env = {"GOROOT": "x", "GOV_STATE": "1;GOROOT=x<=%FF"}
    told = home.run("export", "nu", cwd=Path("/"), env=env)
    assert "gov: nushell cannot hold the value of GOROOT, which is not UTF-8" in told.stderr
    assert list(told.json["set"]) == ["GOV_SAID"] and told.json["unset"] == ["GOV_STATE"]


def test_an_answer_that_was_cut_short_is_not_evaluated(home):
    project = home.project_on("1.22.6")
    for kind, mark in (("elvish", "# gov-end\n"), ("tcsh", ": gov-end\n"), ("pwsh", "# gov-end\n")):
        assert home.run("export", kind, cwd=project).stdout.endswith(mark)


# Goes to each directory by its name as a word of the shell, asks, and prints GOROOT.
VISIT = {
    "dash": 'cd -- @DIR@ && eval "$(@GOV@ export sh)"; /usr/bin/printenv -0 GOROOT || printf "\\0"\n',
    "elvish": "cd @DIR@; eval (@GOV@ export elvish | slurp); "
    "try { /usr/bin/printenv -0 GOROOT } catch e { print \"\\x00\" }\n",
    "tcsh": 'cd @DIR@\nset a = "`@GOV@ export tcsh`"\neval "$a:q"\n'
    "/usr/bin/printenv -0 GOROOT || printf '\\0'\n",
    "nu": "cd @DIR@; do --env {|answer| for n in $answer.unset { hide-env -i $n }\n"
    "load-env $answer.set } (@GOV@ export nu | from json)\n"
    "try { ^/usr/bin/printenv -0 GOROOT } catch { print --no-newline (char --integer 0) }\n",
}


@pytest.mark.parametrize("name", VISIT)
def test_pins_are_followed_in_directories_of_any_name(home, name):
    require(name)
    script, wanted = "", []
    for hostile in HOSTILE:
        text = hostile.encode("utf-8", "surrogateescape")
        if name == "nu" and not cd_of_nushell_takes(text):
            continue
        project = home.project_on("1.22.6", f"names/{hostile}/{hostile}")
        gov = quoted(name, str(home.binary))
        for directory, goroot in ((project, str(home.goroot("go1.22.6"))), (project.parent, "")):
            line = VISIT[name].replace("@GOV@", f"^{gov}" if name == "nu" else gov)
            script += line.replace("@DIR@", hostile_word(name, str(directory)))
            wanted.append(goroot)
    file = home.root / "script"
    file.write_bytes(script.encode("utf-8", "surrogateescape"))
    flags = {"dash": (), "elvish": ("-norc",), "tcsh": ("-f",), "nu": ("-n",)}[name]
    done = subprocess.run(
        [program(name), *flags, file], env=home.env, cwd=home.root, capture_output=True
    )
    assert done.stdout.decode().split("\0")[:-1] == wanted, done.stderr[-800:]
    assert not list(home.root.rglob("PWN"))


def hostile_word(name: str, text: str) -> str:
    """The word of a directory; elvish needs its bytes spelled where they are not UTF-8."""
    if name == "elvish" and not is_utf8(text.encode("utf-8", "surrogateescape")):
        data = text.encode("utf-8", "surrogateescape")
        return '"' + "".join(f"\\x{byte:02x}" for byte in data) + '"'
    if name == "nu":
        return quoted(name, text).replace("\r", "\\r").replace("\x1b", "\\e")
    return quoted(name, text)


def test_a_script_gets_the_toolchain_from_sh(home):
    project = home.project_on("1.22.6")
    gov = quoted("dash", str(home.binary))
    script = f'set -eu\ncd {project}\neval "$({gov} export sh)"\necho "$GOROOT $GOTOOLCHAIN $PATH"'
    for name in ("dash", "ksh", "bash"):
        if shutil.which(name) is None:
            continue
        done = subprocess.run([name, "-c", script], env=home.env, capture_output=True, text=True)
        path = f"{home.bin('go1.22.6')}:{home.env['PATH']}"
        assert done.stdout == f"{home.goroot('go1.22.6')} local {path}\n", done.stderr
    missing = home.run("export", "sh", cwd=home.project_on("1.21.1"))
    assert "gov: go1.21.1 is not installed" in missing.stderr
    assert f"PATH='{home.shims}:" in missing.stdout  # no other Go by accident


def test_there_is_no_hook_for_scripts(home):
    told = home.run("hook", "sh", check=2)
    assert 'in scripts: eval "$(gov export sh)"' in told.stderr
