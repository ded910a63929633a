# SPDX-License-Identifier: Apache-2.0
"""Real servers as the shared build cache: bazel-remote, and nginx with WebDAV."""

import hashlib
import subprocess
import urllib.request

import pytest

from world.build_cache import bazel_remote, nginx
from world.go_cache import GoSide, key
from world.releases import Unavailable

BODIES = {"large": b"an archive " * 200_000, "middle": b"m" * 5000, "small": b"s", "empty": b""}


def check(gov, directory, url: str, configure, more: str = "", **env) -> None:
    """What a first machine puts there a second one gets."""
    configure(f'[cache]\nremote = "{url}"\n{more}')
    for name in ("first", "second"):
        own = {"XDG_CACHE_HOME": str(directory / name), **env}
        go = GoSide(gov, directory / name / "go-build", env=own)
        for action, body in BODIES.items():
            if name == "first":
                assert go.get(action) is None
                go.put(action, body)
            else:
                assert go.get(action) == body
        assert go.get("unknown") is None
        assert go.close() == []


def real(server):
    """Starts a real server, or skips the test with the reason why there is none."""
    try:
        return server.__enter__()
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def bazel(directory):
    server = bazel_remote(directory / "bazel")
    yield real(server)
    server.__exit__(None, None, None)


@pytest.fixture
def webdav(directory):
    server = nginx(directory / "nginx")
    yield real(server)
    server.__exit__(None, None, None)


def test_bazel_remote_serves(gov, directory, bazel, configure):
    check(gov, directory, bazel, configure)


def test_bazel_remote_serves_below_an_instance_name(gov, directory, bazel, configure):
    check(gov, directory, bazel + "/team/go", configure)


def test_bazel_remote_finds_the_results_to_be_true(bazel, gov, directory, configure):
    """It gives a result only while it has the body, and the body only where its hash is right."""
    check(gov, directory, bazel, configure)
    digest = hashlib.sha256(BODIES["large"]).hexdigest()
    body = urllib.request.urlopen(f"{bazel}/cas/{digest}").read()
    assert body == BODIES["large"]
    assert urllib.request.urlopen(f"{bazel}/ac/{key('large').hex()}").status == 200


def test_nginx_with_webdav_serves_from_an_empty_folder(gov, directory, webdav, configure):
    check(gov, directory, webdav, configure)
    files = directory / "nginx/files"
    assert sorted(path.name for path in files.iterdir()) == ["ac", "cas"]
    assert len(list((files / "ac").iterdir())) == len(BODIES)


def test_nginx_with_a_password_serves_who_has_it_in_netrc(gov, directory, configure):
    hashed = subprocess.run(["openssl", "passwd", "-apr1", "lovelace"], capture_output=True,
                            text=True, check=True).stdout.strip()
    place = directory / "nginx"
    place.mkdir()
    (place / "users").write_text(f"ada:{hashed}\n")
    more = f"auth_basic cache; auth_basic_user_file {place}/users;"
    server = nginx(place, more)
    url = real(server)
    try:
        (gov.home / ".netrc").write_text("machine 127.0.0.1 login ada password lovelace\n")
        check(gov, directory, url, configure)
        (gov.home / ".netrc").unlink()
        own = {"XDG_CACHE_HOME": str(directory / "third")}
        go = GoSide(gov, directory / "third/go-build", env=own)
        assert go.get("large") is None
        (line,) = go.close()
        assert "status 401" in line
    finally:
        server.__exit__(None, None, None)


def test_an_nginx_that_is_full_is_read_from(gov, directory, configure):
    server = nginx(directory / "nginx", "if ($request_method = PUT) { return 507; }")
    url = real(server)
    try:
        configure(f'[cache]\nremote = "{url}"\n')
        go = GoSide(gov, directory / "go-build")
        go.put("large", BODIES["large"])
        (line,) = go.close()
        assert "nothing more is put" in line and "507" in line
    finally:
        server.__exit__(None, None, None)
