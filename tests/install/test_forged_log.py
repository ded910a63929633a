# SPDX-License-Identifier: Apache-2.0
"""A checksum database that lies, in any part of what it says, proves nothing."""

import pytest

from world import distpack, faults, mini
from world.log import NAME as LOG_NAME
from world.log import Log, Signer, record, toolchain_key, toolchain_record
from world.publish import proxy_routes
from world.world import log_of, mount_log

NAME = mini.NAME
KEY = toolchain_key(NAME)
LOOKUP = f"/proxy/sumdb/{LOG_NAME}/lookup/{KEY}"
NUMBER = 300  # of the release's record in the world's log


def say(server, body: bytes):
    """The log answers the lookup with `body`."""
    server.fault(LOOKUP, faults.replace(body))


def text_of(world) -> str:
    return toolchain_record(NAME, world.mini.h1)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 511, 512, 65535, 65536, 65537])
@pytest.mark.parametrize("place", ["first", "last"])
def test_an_honest_log_of_any_size_proves(gov, world, server, size, place):
    mount_log(server, log_of(world.mini, size, at=0 if place == "first" else size - 1))
    gov.run("install", NAME)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_an_honest_log_may_have_an_address_of_its_own(gov, world, server):
    key = f"{world.log.signer.verifier} {server.url}/sumdb/{LOG_NAME}"
    gov.run("install", NAME, env={"GOSUMDB": key})
    assert server.asked("/sumdb/*") and not server.asked("/proxy/sumdb/*")


# Tiles, forged one at a time.


def flipped_in_the_middle(reply):
    reply.body = bytearray(reply.body)
    reply.body[len(reply.body) // 2] ^= 4


def longer(reply):
    reply.body = reply.body + b"\0"


def shorter(reply):
    reply.body = reply.body[:-1]


FORGERIES = {
    "first byte": faults.flip(0),
    "last byte": faults.flip(-1),
    "middle": flipped_in_the_middle,
    "longer": longer,
    "shorter": shorter,
    "empty": faults.replace(b""),
    "a page": faults.replace(b"<html></html>"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("tile", ["0/001", "0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1"])
def test_one_forged_tile(gov, server, tile, forgery):
    server.fault(f"*/tile/8/{tile}", FORGERIES[forgery])
    gov.refuses(NAME, 3)
    assert server.asked(f"*/tile/8/{tile}")


def test_two_tiles_swapped(gov, world, server):
    server.fault("*/tile/8/0/001", faults.replace(world.log.tile(0, 2, 256)))
    gov.refuses(NAME, 3)


def test_a_partial_tile_may_be_gone_where_the_full_one_is_there(gov, world, server):
    """A newer log that no longer keeps the old partial tile, as Go's client allows for."""
    old = log_of(world.mini, 600)
    say(server, old.lookup(KEY))
    server.fault("*/tile/8/0/002.p/88", faults.status(404))
    gov.run("install", NAME)


def test_a_forged_tile_is_refused_in_the_public_log_too(gov, genuine, server):
    server.fault("*/tile/8/0/*", faults.flip(40))
    gov.refuses("go1.22.6", 3)


def test_a_forged_tile_is_not_kept(gov, server):
    server.fault("*/tile/8/0/001", faults.flip(0))
    gov.refuses(NAME, 3)
    server.heal()
    gov.run("install", NAME)


# The signed note. Each forgery makes a note from the log and the text that its head signs.

OTHER = Signer(seed=b"another key")
STRANGER = Signer("stranger.test", b"a stranger's key")


def misplaced(log, text):
    """A signature by the right key, for another text."""
    return log.signer.line(text + "x")


NOTES = {
    "a signature for another text": lambda log, text: f"{text}\n{misplaced(log, text)}",
    "another key under the log's name": lambda log, text: OTHER.note(text),
    "a key nobody knows": lambda log, text: STRANGER.note(text),
    "no signature": lambda log, text: f"{text}\n",
    "a bad signature before a good one": lambda log, text: (
        f"{text}\n{misplaced(log, text)}" + log.signer.line(text)
    ),
    "a short signature": lambda log, text: f"{text}\n{log.signer.line(text)[:60]}\n",
    "a hyphen": lambda log, text: log.head().replace("—", "-"),
    "two spaces": lambda log, text: log.head().replace("— ", "—  "),
    "no final newline": lambda log, text: log.head()[:-1],
    "carriage returns": lambda log, text: log.head().replace("\n", "\r\n"),
    "strangers without end": lambda log, text: f"{text}\n{STRANGER.line(text) * 1000}",
    "nothing": lambda log, text: "",
}


@pytest.mark.parametrize("name", NOTES)
def test_a_forged_note(gov, world, server, name):
    text = world.log.head().split("\n\n")[0] + "\n"
    say(server, Log.message(NUMBER, text_of(world), NOTES[name](world.log, text)))
    gov.refuses(NAME, 3)


def test_a_strangers_signature_beside_the_logs_own_is_no_harm(gov, world, server):
    text = world.log.head().split("\n\n")[0] + "\n"
    note = f"{text}\n{STRANGER.line(text)}{world.log.signer.line(text)}"
    say(server, Log.message(NUMBER, text_of(world), note))
    gov.run("install", NAME)


HEADS = {
    "another first line": lambda lines: ["go.sum tree", *lines[1:]],
    "a negative size": lambda lines: [lines[0], "-1", lines[2]],
    "a plus sign": lambda lines: [lines[0], "+70000", lines[2]],
    "a leading zero": lambda lines: [lines[0], "070000", lines[2]],
    "an exponent": lambda lines: [lines[0], "7e4", lines[2]],
    "a size beyond 63 bits": lambda lines: [lines[0], str(1 << 63), lines[2]],
    "a smaller size": lambda lines: [lines[0], "69999", lines[2]],
    "an empty tree": lambda lines: [lines[0], "0", lines[2]],
    "another root": lambda lines: [*lines[:2], "A" * 43 + "="],
    "a short root": lambda lines: [*lines[:2], "AAAA"],
    "no root": lambda lines: lines[:2],
}


@pytest.mark.parametrize("name", HEADS)
def test_a_signed_head_that_is_wrong(gov, world, server, name):
    lines = world.log.head().split("\n")[:3]
    note = world.log.signer.note("".join(f"{line}\n" for line in HEADS[name](lines)))
    say(server, Log.message(NUMBER, text_of(world), note))
    gov.refuses(NAME, 3)


def test_a_head_whose_tiles_are_not_there(gov, world, server):
    say(server, log_of(world.mini, 70_001).lookup(KEY))
    gov.refuses(NAME, 7, LOG_NAME)


# The record.


def test_the_record_of_another_module(gov, world, server):
    """CVE-2026-42501: what is proved must be about what was asked."""
    other = record("example.com/other", "v1.0.0", world.mini.h1)
    log = Log({KEY: other}, 1000, NUMBER)
    mount_log(server, log)
    gov.refuses(NAME, 3)


def test_the_record_of_another_release(gov, world, server):
    mount_log(server, Log({KEY: toolchain_record("go1.99.2", world.mini.h1)}, 1000, NUMBER))
    gov.refuses(NAME, 3)


@pytest.mark.parametrize("text", ["", "\n", "x", f"{KEY}\n", "\x01\n", "\n\n"])
def test_a_proved_record_without_the_hash(gov, server, text):
    mount_log(server, Log({KEY: text}, 1000, NUMBER))
    gov.refuses(NAME, 3)


def test_a_record_of_the_go_mod_file_alone(gov, world, server):
    text = text_of(world).splitlines()[1] + "\n"
    mount_log(server, Log({KEY: text}, 1000, NUMBER))
    gov.refuses(NAME, 3)


def test_a_record_with_two_hashes(gov, world, server):
    second = record(*text_of(world).split(" ")[:2], "h1:" + "A" * 43 + "=")
    mount_log(server, Log({KEY: text_of(world) + second}, 1000, NUMBER))
    gov.refuses(NAME, 3)


def test_a_hash_line_in_the_signed_note_does_not_count(gov, world, server):
    """CVE-2026-56864: only the proved record may be read for hashes."""
    other = record("example.com/other", "v1.0.0", world.mini.h1)
    log = Log({KEY: other}, 1000, NUMBER)
    mount_log(server, log)
    say(server, Log.message(NUMBER, other, log.head(text_of(world).splitlines()[0])))
    gov.refuses(NAME, 3)


def test_hash_lines_added_to_the_record(gov, world, server):
    say(server, Log.message(NUMBER, text_of(world) + text_of(world), world.log.head()))
    gov.refuses(NAME, 3)


def test_a_record_that_is_not_in_the_tree(gov, world, server):
    forged = toolchain_record(NAME, "h1:" + "A" * 43 + "=")
    say(server, Log.message(NUMBER, forged, world.log.head()))
    gov.refuses(NAME, 3)


@pytest.mark.parametrize(
    "number", ["-1", "+300", "0300", "0x12c", "3e2", "301", "70000", 1 << 63, "", " 300"]
)
def test_a_record_number_that_is_wrong(gov, world, server, number):
    say(server, Log.message(number, text_of(world), world.log.head()))
    gov.refuses(NAME, 3)


@pytest.mark.parametrize(
    "body", [b"", b"\n", b"<html></html>", b"300\n", b"\xff" * 100, b"3" * 100_000]
)
def test_a_lookup_answer_that_is_none(gov, server, body):
    say(server, body)
    gov.refuses(NAME, 3)


def test_a_release_that_the_log_does_not_know(gov, server):
    server.fault(LOOKUP, faults.status(404))
    gov.refuses(NAME, 6, LOG_NAME)


# The log as a whole.


@pytest.mark.parametrize("pattern", ["*/supported", "*/lookup/*", "*/tile/*"])
@pytest.mark.parametrize("code", [403, 500, 503])
def test_a_log_that_does_not_answer(gov, server, pattern, code):
    server.fault(pattern, faults.status(code))
    gov.refuses(NAME, 7, LOG_NAME)


def test_a_log_behind_no_proxy_is_asked_directly(gov, server):
    """And once a proxy said that it has the log, never again."""
    server.fault("*/supported", faults.status(404))
    gov.refuses(NAME, 7, LOG_NAME)
    server.heal()
    server.fault("*/lookup/*", faults.status(404))
    assert f"https://{LOG_NAME}" not in gov.refuses(NAME, 6).stderr


def test_without_the_log_nothing_is_proved(gov, server):
    gov.refuses(NAME, 3, "GOSUMDB", env={"GOSUMDB": "off"})
    assert server.asked("*.zip") == server.asked("*.gz") == []


@pytest.mark.parametrize("variable", ["GONOSUMDB", "GOPRIVATE", "GONOSUMCHECK", "GOINSECURE"])
def test_no_variable_of_go_exempts_the_toolchain(gov, server, variable):
    server.fault("*/tile/8/0/001", faults.flip(0))
    gov.refuses(NAME, 3, env={variable: "golang.org/*"})


def test_the_flag_insecure_of_go_does_not_exempt_it_either(gov, server):
    server.fault("*/tile/8/0/001", faults.flip(0))
    gov.refuses(NAME, 3, env={"GOFLAGS": "-insecure"})


@pytest.mark.parametrize(
    "key", ["sum.example.com", "a+b+c", "log.localhost+00000000+AAAA", "x y z"]
)
def test_a_key_that_is_none(gov, key):
    gov.refuses(NAME, 2, "GOSUMDB", env={"GOSUMDB": key})


def test_a_key_of_another_log(gov, server):
    gov.refuses(NAME, 3, env={"GOSUMDB": OTHER.verifier})


# Growth and forks.


@pytest.fixture
def second(server, directory, gov, world):
    """Installs from a log of 600 records, then serves another release from another log."""
    release = mini.release(directory, "go1.99.2")

    def install_from(size, fork_at=None):
        records = {
            KEY: text_of(world),
            toolchain_key(release.name): toolchain_record(release.name, release.h1),
        }
        mount_log(server, Log(records, 600, NUMBER))
        gov.run("install", NAME)
        mount_log(server, Log(records, size, NUMBER, fork_at=fork_at))
        for path, body in proxy_routes([release]).items():
            server.routes[path] = body
        return release.name

    return install_from


@pytest.mark.parametrize("size", [302, 511, 512, 600, 601, 1024, 70_000])
def test_a_log_that_has_grown_or_is_an_older_copy(gov, second, size):
    name = second(size)
    gov.run("install", name)


FORKS = [
    (size, at) for size in (512, 600, 700, 70_000) for at in (0, 255, 256, 511, 599) if at < size
]


@pytest.mark.parametrize("size, fork_at", FORKS)
def test_a_log_that_contradicts_what_it_said_before(gov, second, size, fork_at):
    name = second(size, fork_at)
    before = {path for path in gov.root.rglob("*") if path.is_file()}
    result = gov.run("install", name, check=12)
    assert not gov.goroot(name).exists()
    evidence = [path for path in gov.root.rglob("*") if path.is_file() and path not in before]
    assert any(str(path) in result.stderr for path in evidence), result.stderr
