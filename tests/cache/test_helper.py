# SPDX-License-Identifier: Apache-2.0
"""gov cache helper: the protocol, and a shared cache that is well, ill, full, lying or gone."""

import hashlib
import json
import socket
import threading
import time

import pytest

from world.go_cache import GoSide, key

BODY = b"what was compiled " * 5000
SMALL = b"a few bytes"


@pytest.fixture
def machine(gov, shared, configure):
    """Starts a helper of a machine by its name; all of them have the same shared cache."""
    configure(f'[cache]\nremote = "{shared.url}"\ntimeout = 2\n')

    def start(name: str, **env) -> GoSide:
        own = {"XDG_CACHE_HOME": str(gov.root / name / "cache")}
        return GoSide(gov, gov.root / name / "go-build", env={**own, **env})

    return start


def filled(machine, **bodies: bytes) -> None:
    go = machine("first")
    for action, body in bodies.items():
        go.put(action, body)
    assert go.close() == []


def test_what_one_machine_puts_another_gets(machine, shared):
    filled(machine, large=BODY, small=SMALL, empty=b"")
    assert len(shared.asked("PUT", "/ac/")) == 3
    go = machine("second")
    assert go.get("large") == BODY
    assert go.get("small") == SMALL
    assert go.get("empty") == b""
    assert go.get("unknown") is None
    # Small bodies come along with their entries.
    assert shared.asked("GET", "/cas/") == [f"/cas/{hashlib.sha256(BODY).hexdigest()}"]
    before = len(shared.requests)
    assert go.get("large") == BODY
    assert len(shared.requests) == before
    assert go.close() == []


def test_without_a_shared_cache_it_serves_this_machine(gov):
    cache = gov.root / "go-build"
    go = GoSide(gov, cache)
    assert go.get("one") is None
    path = go.put("one", BODY)
    assert path.parent.parent == cache
    assert go.get("one") == BODY
    assert go.close() == []
    assert not (gov.root / "cache/gov/build-cache").exists()


def test_many_requests_are_under_way_at_once(machine, shared):
    filled(machine, **{f"a{i}": SMALL + bytes([i]) for i in range(32)})
    shared.delay = 0.25
    go = machine("second")
    start = time.monotonic()
    numbers = [go.send("get", ActionID=key(f"a{i}")) for i in range(32)]
    assert [go.got(number) for number in numbers] == [SMALL + bytes([i]) for i in range(32)]
    assert time.monotonic() - start < 32 * 0.25 / 4
    go.close()


def test_read_only_puts_nothing(machine, shared):
    filled(machine, one=BODY)
    shared.requests.clear()
    go = machine("second", GOV_CACHE_MODE="read-only")
    assert go.get("one") == BODY
    go.put("two", BODY)
    assert go.close() == []
    assert shared.asked("PUT") == []


@pytest.mark.parametrize("place", ("/cas/", "/ac/"))
def test_a_wrong_body_is_a_miss(machine, shared, place):
    filled(machine, one=BODY, two=SMALL)
    shared.lies_in = place
    go = machine("second")
    assert go.get("one") is None
    assert go.put("one", BODY).read_bytes() == BODY
    assert go.get("one") == BODY
    assert go.close() == []


def test_a_server_that_mixes_up_its_answers_is_noticed(machine, shared):
    filled(machine, one=BODY, two=SMALL)
    one, two = (f"/ac/{key(name).hex()}" for name in ("one", "two"))
    shared.kept[one], shared.kept[two] = shared.kept[two], shared.kept[one]
    go = machine("second")
    assert go.get("one") is None
    assert go.get("two") is None
    go.close()


def test_a_lying_server_is_left_alone_after_three_lies(machine, shared):
    filled(machine, **{f"a{i}": BODY + bytes([i]) for i in range(9)})
    shared.lies_in = "/cas/"
    go = machine("second")
    assert [go.get(f"a{i}") for i in range(9)] == [None] * 9
    assert len(shared.asked("GET", "/cas/")) == 3
    (line,) = go.close()
    assert line == f"gov: the shared cache {shared.url} is not used any more: its answers are not true"


@pytest.mark.parametrize("fault", ("hangs", "drips"))
def test_a_server_that_does_not_answer_costs_one_timeout(machine, shared, fault):
    filled(machine, **{f"a{i}": BODY + bytes([i]) for i in range(9)})
    setattr(shared, fault, True)
    go = machine("second")
    start = time.monotonic()
    for i in range(9):
        assert go.get(f"a{i}") is None
        go.put(f"a{i}", BODY + bytes([i]))
    lines = go.close()
    assert time.monotonic() - start < 3 * 2
    assert len(lines) == 1 and "is not used any more" in lines[0]
    # The next go command of the same build does not ask, and says nothing.
    before = len(shared.requests)
    go = machine("second")
    assert go.get("other") is None
    assert go.close() == []
    assert len(shared.requests) == before


def test_uploads_that_hang_cost_one_timeout(machine, shared):
    go = machine("first")
    shared.hangs = True
    for i in range(20):
        go.put(f"a{i}", BODY + bytes([i]))
    start = time.monotonic()
    lines = go.close()
    assert time.monotonic() - start < 3 * 2
    assert len(lines) == 1


def test_what_there_was_no_time_to_put_is_told(machine, shared):
    go = machine("first")
    shared.delay = 0.6  # well below the time-out
    for i in range(80):
        go.put(f"a{i}", BODY + bytes([i]))
    lines = go.close()
    assert len(lines) == 1
    assert "were not put into the shared cache" in lines[0] and "gov cache push" in lines[0]


def test_a_server_that_is_gone_costs_nothing(machine, shared):
    filled(machine, one=BODY)
    shared.close()
    go = machine("second")
    assert go.get("one") is None
    go.put("one", BODY)
    assert go.get("one") == BODY
    (line,) = go.close()
    assert "is not used any more" in line and "connect" in line.lower()


def test_a_server_killed_in_the_middle_of_bodies_harms_nothing(machine, shared):
    filled(machine, **{f"a{i}": BODY + bytes([i]) for i in range(5)})
    shared.breaks_off = True
    go = machine("second")
    assert [go.get(f"a{i}") for i in range(5)] == [None] * 5
    for i in range(5):
        go.put(f"a{i}", BODY + bytes([i]))
    assert len(go.close()) == 1


@pytest.mark.parametrize("status", (401, 403, 429, 302))
def test_a_server_that_refuses_is_asked_once(machine, shared, status):
    shared.refuses = {"GET": status, "PUT": status}
    go = machine("first")
    for i in range(5):
        assert go.get(f"a{i}") is None
        go.put(f"a{i}", BODY)
    (line,) = go.close()
    assert "is not used any more" in line
    assert len(shared.asked("GET")) == 1
    assert shared.asked("PUT") == []


@pytest.mark.parametrize("status", (507, 403, 405))
def test_a_server_that_takes_nothing_is_read_from(machine, shared, status):
    filled(machine, one=BODY)
    shared.refuses = {"PUT": status}
    go = machine("second")
    for i in range(30):
        go.put(f"a{i}", BODY + bytes([i]))
    assert go.get("one") == BODY
    (line,) = go.close()
    assert "nothing more is put into the shared cache" in line and str(status) in line
    assert len(shared.asked("PUT")) < 4 + 30


def test_one_body_that_is_too_large_for_the_server_keeps_no_other_out(machine, shared):
    go = machine("first")
    shared.refuses = {"PUT": 413}
    go.put("one", BODY)
    while not shared.asked("PUT"):
        time.sleep(0.01)
    time.sleep(0.2)
    shared.refuses = {}
    go.put("two", SMALL)
    assert go.close() == []
    assert f"/ac/{key('two').hex()}" in shared.kept


def test_folders_are_made_where_the_server_wants_them(machine, shared):
    shared.lacks_folders = True
    filled(machine, one=BODY)
    assert shared.folders == {"ac", "cas"}
    go = machine("second")
    assert go.get("one") == BODY
    go.close()


def authorizations(shared) -> set:
    return {headers.get("Authorization") for _, _, headers in shared.requests}


def test_the_token_goes_along_and_appears_nowhere(gov, machine, shared):
    token = gov.root / "token"
    token.write_text("s3cret\n")
    token.chmod(0o600)
    filled(lambda name: machine(name, GOV_CACHE_TOKEN_FILE=str(token)), one=BODY)
    assert authorizations(shared) == {"Bearer s3cret"}
    assert "s3cret" not in gov.run("cache", "stats", env={"GOV_CACHE_TOKEN_FILE": str(token)}).stdout


def test_passwords_come_from_netrc(gov, machine, shared):
    (gov.home / ".netrc").write_text("machine 127.0.0.1 login ada password lovelace\n")
    filled(machine, one=BODY)
    assert authorizations(shared) == {"Basic YWRhOmxvdmVsYWNl"}
    other = gov.root / "other"
    other.write_text("machine 127.0.0.1 login ada password byron\n")
    shared.requests.clear()
    filled(lambda name: machine(name, NETRC=str(other)), two=BODY)
    assert authorizations(shared) == {"Basic YWRhOmJ5cm9u"}


def test_a_projects_cache_gets_no_token(gov, shared, configure):
    token = gov.root / "token"
    token.write_text("s3cret\n")
    token.chmod(0o600)
    configure(f'[cache]\ntoken_file = "{token}"\n')
    go = GoSide(gov, gov.root / "go-build", "--project-remote", shared.url, "--project-mode", "read-write")
    go.put("one", BODY)
    assert go.close() == []
    assert authorizations(shared) == {None}


@pytest.mark.parametrize("text", (
    '[cache]\nremote = "http://cache.example.com"\n', "[cache]\nremot = 1\n", "not TOML",
    '[cache]\nremote = "https://127.0.0.1"\ntoken_file = "/nonexistent"\n'))
def test_a_config_that_makes_no_sense_does_not_stop_a_build(gov, text, configure):
    configure(text)
    go = GoSide(gov, gov.root / "go-build")
    go.put("one", BODY)
    assert go.get("one") == BODY
    lines = go.close()
    assert lines and all(line.startswith("gov: ") for line in lines)


def test_proxies_are_not_asked_for_this_machine(gov, machine, shared):
    filled(lambda name: machine(name, http_proxy="http://127.0.0.1:1"), one=BODY)


def test_go_ending_without_close_is_no_error(machine):
    go = machine("first")
    go.put("one", BODY)
    code, said = go.ended()
    assert (code, said) == (0, [])


def test_a_full_disk_is_told_to_go(gov, shared, machine):
    """Where the file cannot be written go gets an error, as from its own cache."""
    cache = gov.root / "first/go-build"
    cache.mkdir(parents=True)
    blocked = cache / key("one").hex()[:2]
    blocked.write_text("no folder")
    go = machine("first")
    answer = go._answer(go.send("put", SMALL, ActionID=key("one"), OutputID=hashlib.sha256(SMALL).digest()))
    assert "Err" in answer
    assert go.get("one") is None
    go.close()


def test_statistics_tell_what_it_was_good_for(gov, machine, shared):
    filled(machine, one=BODY, two=SMALL)
    go = machine("second")
    go.get("one")
    go.get("one")
    go.get("none")
    go.close()
    env = {"XDG_CACHE_HOME": str(gov.root / "second/cache"), "GOCACHE": str(gov.root / "second/go-build")}
    told = gov.run("cache", "stats", "--json", env=env).json
    assert told["remote"] == shared.url
    assert told["mode"] == "read-write"
    assert (told["runs"], told["gets"], told["local_hits"], told["remote_hits"]) == (1, 3, 1, 1)
    assert told["bytes_down"] >= len(BODY)
    assert (told["local_entries"], told["local_bytes"]) == (1, len(BODY))
    text = gov.run("cache", "stats", env=env).stdout
    assert shared.url in text and "were shared  1 (33 %)" in text
    gov.run("cache", "stats", "--reset", env=env)
    assert gov.run("cache", "stats", "--json", env=env).json["runs"] == 0


def test_the_report_is_what_was_found(gov, machine, shared, configure):
    report = gov.root / "report"
    configure(f'[cache]\nremote = "{shared.url}"\n')
    for _ in range(2):
        go = GoSide(gov, gov.root / "go-build", "--report", str(report))
        go.put("one", BODY)
        go.close()
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["puts"] for line in lines] == [1, 1]
    assert [line["trouble"] for line in lines] == ["", ""]


def test_several_helpers_at_once_do_not_harm_each_other(machine, shared):
    bodies = {f"a{i}": BODY + bytes([i]) for i in range(20)}
    sides = [machine("first") for _ in range(4)]

    def work(go: GoSide) -> None:
        for action, body in bodies.items():
            if go.get(action) is None:
                go.put(action, body)
            assert go.get(action) == body

    threads = [threading.Thread(target=work, args=(go,)) for go in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [go.close() for go in sides] == [[]] * 4
    assert sum("/ac/" in path for path in shared.kept) == 20


def test_nobody_listens_and_nothing_is_asked_of_the_network_when_all_is_here(gov, configure):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        configure(f'[cache]\nremote = "http://127.0.0.1:{deaf.getsockname()[1]}"\nmode = "read-only"\n')
        go = GoSide(gov, gov.root / "go-build")
        go.put("one", BODY)
        assert go.get("one") == BODY
        assert go.close() == []
