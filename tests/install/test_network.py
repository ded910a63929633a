# SPDX-License-Identifier: Apache-2.0
"""Slow, broken and lying servers: what a download survives, and how long it takes."""

import random
import time

import pytest

from world import distpack, faults, mini, network, publish
from world.log import NAME as LOG_NAME
from world.world import log_of, mount_log

NAME = mini.NAME
ZIP, TARBALL = publish.zip_path(NAME), publish.tarball_path(NAME)
MIRROR_ONLY = {"GOV_SOURCES": "download"}


@pytest.fixture
def big(directory, server):
    """A release whose archive does not shrink, of some four megabytes, and its path."""
    noise = random.Random(5).randbytes(4 << 20)
    release = mini.release(directory, "go1.99.2", {"lib/noise": noise})
    server.routes.update(publish.proxy_routes([release]) | publish.site_routes([release]))
    mount_log(server, log_of(release))
    return release


def assert_whole(gov, release):
    assert distpack.is_whole(release.name, gov.goroot(release.name), release.h1)
    assert list((gov.govhome / "downloads").iterdir()) == []


def ranges_of(requests):
    return [one.headers.get("Range") for one in requests]


# Going on where an earlier run stopped.


def stop_midway(gov, server, release, seconds=1.5):
    """Kills an install that has had about a third of its archive."""
    path = publish.tarball_path(release.name)
    server.fault(path, faults.drip(1_000_000), faults.header("Accept-Ranges", "none"))
    started = gov.start("install", release.name, env=MIRROR_ONLY)
    time.sleep(seconds)
    started.kill()
    gov.finish(started, check=None)
    server.heal()
    return path, release.tarball.stat().st_size, sum(one.sent for one in server.asked(path))


def test_a_killed_download_goes_on_in_the_next_run(gov, server, big):
    path, size, before = stop_midway(gov, server, big)
    assert before > 500_000
    gov.run("install", big.name, env=MIRROR_ONLY)
    (again,) = server.asked(path)[1:]
    assert again.headers["If-Range"] == server.etag(path)
    assert 0 < again.sent < size - 500_000
    assert_whole(gov, big)


def test_a_killed_download_starts_again_where_the_file_is_another_one(gov, server, big):
    path, size, _ = stop_midway(gov, server, big)
    server.fault(path, faults.header("ETag", '"another"'))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert server.asked(path)[-1].sent == size
    assert_whole(gov, big)


def test_a_damaged_part_of_an_earlier_run_is_brought_again(gov, server, big):
    path, size, _ = stop_midway(gov, server, big)
    (part,) = (gov.govhome / "downloads").glob("*.partial")
    with open(part, "r+b") as file:
        file.write(bytes(1000))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert server.asked(path)[-1].sent == size
    assert_whole(gov, big)


@pytest.mark.parametrize("value", ["bytes 0-9/10", "bytes 1-2/3", "", "bytes */*"])
def test_a_part_that_was_not_asked_for_is_refused(gov, server, big, value):
    path, size, _ = stop_midway(gov, server, big)
    server.fault(path, faults.header("Content-Range", value), times=1)
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert ranges_of(server.asked(path))[-1] is None and server.asked(path)[-1].sent == size
    assert_whole(gov, big)


# Several connections.


def test_a_slow_connection_is_shared(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(500_000))
    began = time.monotonic()
    gov.run("install", big.name, env=MIRROR_ONLY)
    asked = server.asked(path)
    assert time.monotonic() - began < big.tarball.stat().st_size / 500_000 * 0.7
    assert len(asked) > 4 and asked[0].headers.get("Range") is None
    assert all(one.headers["If-Range"] == server.etag(path) for one in asked[1:])
    assert_whole(gov, big)


@pytest.mark.parametrize("missing", ["Accept-Ranges", "ETag"])
def test_a_connection_is_not_shared_where_the_server_does_not_say_enough(gov, server, big, missing):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(1_200_000), faults.header(missing, "none"))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert len(server.asked(path)) == 1
    assert_whole(gov, big)


def test_a_server_that_serves_no_second_connection_is_asked_on_one(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(1_000_000), times=1)
    server.fault(path, faults.in_parts(faults.status(503), most=12))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert_whole(gov, big)


def test_a_shared_download_can_be_killed_and_goes_on(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(400_000))
    started = gov.start("install", big.name, env=MIRROR_ONLY)
    time.sleep(2.2)
    started.kill()
    gov.finish(started, check=None)
    server.heal()
    count, size = len(server.asked(path)), big.tarball.stat().st_size
    assert count > 4
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert sum(one.sent for one in server.asked(path)[count:]) < size - 400_000
    assert_whole(gov, big)


def test_a_file_that_changes_while_it_is_shared_is_brought_again(gov, server, big):
    path = publish.tarball_path(big.name)
    server.fault(path, faults.drip(800_000), times=1)
    server.fault(path, faults.in_parts(faults.header("ETag", '"another"'), most=8))
    gov.run("install", big.name, env=MIRROR_ONLY)
    assert_whole(gov, big)


# Servers that are asked to wait for, or that crawl.


def test_a_server_that_wants_a_pause_gets_it(gov, world, server):
    server.fault(TARBALL, faults.status(503), faults.header("Retry-After", "2"), times=1)
    began = time.monotonic()
    gov.run("install", NAME, env=MIRROR_ONLY)
    assert time.monotonic() - began >= 2
    assert len(server.asked(TARBALL)) == 2


def test_a_server_that_wants_too_long_a_pause_is_left(gov, server):
    server.fault(TARBALL, faults.status(429), faults.header("Retry-After", "3600"))
    began = time.monotonic()
    result = gov.run("install", NAME)
    assert "wants to be asked again in 3600 s" in result.stderr and "from proxy" in result.stderr
    assert time.monotonic() - began < 10
    assert len(server.asked(TARBALL)) == 1


@pytest.mark.parametrize("path", [publish.INDEX_PATH, TARBALL])
def test_a_server_that_drips_is_given_up(gov, server, path):
    server.fault(path, faults.drip(100))
    result = gov.run("install", NAME, env={"GOV_TIMEOUT": "1"})
    assert "from proxy" in result.stderr and "not from download" in result.stderr
    assert len(server.asked(path)) >= 3


@pytest.mark.parametrize("value", ["0", "fast"])
def test_a_patience_that_is_none_is_a_configuration_error(gov, value):
    gov.refuses(NAME, 2, "GOV_TIMEOUT", env={"GOV_TIMEOUT": value})


# Answers that are not what was asked for.


def test_an_answer_that_ends_early_without_a_length_is_tried_again(gov, world, server):
    half = world.mini.tarball.stat().st_size // 2
    server.fault(TARBALL, faults.until_closed, faults.cut(half), times=1)
    gov.run("install", NAME, env=MIRROR_ONLY)
    assert len(server.asked(TARBALL)) == 2


def test_an_archive_longer_than_announced_is_refused_before_it_comes(gov, world, server):
    body = world.mini.tarball.read_bytes() + bytes(50 << 20)
    server.fault(TARBALL, faults.replace(body))
    gov.refuses(NAME, 3, "longer", env=MIRROR_ONLY)
    assert sum(one.sent for one in server.asked(TARBALL)) < 10 << 20


def test_an_encoding_that_was_not_asked_for_is_refused(gov, server):
    server.fault(publish.INDEX_PATH, faults.header("Content-Encoding", "br"))
    assert "encoded as br" in gov.run("install", NAME).stderr


def test_a_gz_file_that_is_called_encoded_is_taken_as_it_is(gov, world, server):
    server.fault(TARBALL, faults.header("Content-Encoding", "x-gzip"))
    gov.run("install", NAME, env=MIRROR_ONLY)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


# https, and proxies on the way.


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return network.Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def https(gov, server, certificates):
    """The server by https, under a name that only a proxy can find; gov trusts its certificate."""
    port = network.secure(server, certificates)
    gov.env |= {"SSL_CERT_FILE": str(certificates.authority), "GOV_SOURCES": "download"}
    return port


def test_an_https_mirror_serves_where_its_certificate_is_trusted(gov, world, https):
    mirror = {"GOV_MIRROR": f"https://127.0.0.1:{https}/dl"}
    gov.refuses(NAME, 7, "certificate", env={**mirror, "SSL_CERT_FILE": None})
    gov.run("install", NAME, env=mirror)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_a_certificate_for_another_name_is_refused(gov, https):
    gov.refuses(NAME, 7, env={"GOV_MIRROR": f"https://localhost:{https}/dl"})


def test_https_never_redirects_to_http(gov, server, https):
    server.fault(TARBALL, faults.redirect(f"{server.url}/elsewhere"))
    env = {"GOV_MIRROR": f"https://127.0.0.1:{https}/dl"}
    gov.refuses(NAME, 7, "redirects to http://", env=env)
    assert not server.asked("/elsewhere")


@pytest.mark.parametrize("same", [True, False])
def test_a_password_is_for_one_server_only(gov, server, certificates, https, same):
    other = https if same else network.secure(server, certificates)
    server.routes["/elsewhere"] = server.routes[TARBALL]
    server.fault(TARBALL, faults.redirect(f"https://127.0.0.1:{other}/elsewhere"))
    gov.run("install", NAME, env={"GOV_MIRROR": f"https://ada:secret@127.0.0.1:{https}/dl"})
    assert all("Authorization" in one.headers for one in server.asked("/dl/*"))
    assert ["Authorization" in one.headers for one in server.asked("/elsewhere")] == [same]


@pytest.mark.parametrize("kind", ["http", "socks5"])
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_is_on_the_way_to_https(gov, world, https, kind, variable):
    proxy = network.Proxy(kind)
    mirror = f"https://{network.HOST}:{https}/dl"
    gov.run("install", NAME, env={"GOV_MIRROR": mirror, variable: proxy.url})
    assert proxy.asked and all(f"{network.HOST}:{https}" in one for one in proxy.asked)
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_a_host_of_no_proxy_is_asked_directly(gov, https):
    proxy = network.Proxy("http")
    env = {"GOV_MIRROR": f"https://{network.HOST}:{https}/dl", "HTTPS_PROXY": proxy.url}
    gov.refuses(NAME, 7, network.HOST, env={**env, "NO_PROXY": f".other,{network.HOST}"})
    assert proxy.asked == []


def test_a_proxy_for_http_is_asked_for_the_module_proxy(gov, world, server):
    log = f"{gov.env['GOSUMDB']} {server.url}/sumdb/{LOG_NAME}"
    env = {"GOPROXY": f"http://{network.HOST}/proxy", "GOV_SOURCES": "proxy", "GOSUMDB": log}
    gov.run("install", NAME, env={**env, "HTTP_PROXY": server.url})
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def test_the_password_of_a_proxy_is_never_shown(gov, https):
    env = {"GOV_MIRROR": f"https://{network.HOST}:{https}/dl"}
    result = gov.run("install", NAME, env={**env, "HTTPS_PROXY": "http://u:secret@127.0.0.1:1"}, check=7)
    assert "secret" not in result.stderr + result.stdout
