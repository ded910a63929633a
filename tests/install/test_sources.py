# SPDX-License-Identifier: Apache-2.0
"""Which source serves a release, and what a source may do on the way."""

import pytest

from world import distpack, faults, mini, publish, site
from world.log import NAME as LOG_NAME
from world.world import log_of, mount_log

NAME = mini.NAME
ZIP, TARBALL = publish.zip_path(NAME), publish.tarball_path(NAME)
PATHS = {"proxy": ZIP, "download": TARBALL}
CLOSED = "http://127.0.0.1:1"


def assert_installed(gov, world):
    assert distpack.is_whole(NAME, gov.goroot(NAME), world.mini.h1)


def lines_with(result, *words):
    return [line for line in result.stderr.splitlines() if all(word in line for word in words)]


def assert_said(result, served, passed_over, *reasons):
    """Standard error names the source that served, and the other one with the reason."""
    assert len(lines_with(result, NAME, f"from {served}")) == 1, result.stderr
    assert len(lines_with(result, passed_over, *reasons)) == 1, result.stderr


def test_the_download_site_comes_first(gov, server):
    result = gov.run("install", NAME)
    assert len(lines_with(result, NAME, "from download")) == 1, result.stderr
    assert server.asked(TARBALL) and not server.asked(ZIP)


def test_one_line_says_which_source_served_and_why_the_other_did_not(gov, server):
    server.fault(publish.INDEX_PATH, faults.status(503))
    result = gov.run("install", NAME)
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert len(lines_with(result, "proxy", "download", "503")) == 1, result.stderr


def test_a_release_that_the_site_does_not_list_comes_from_the_proxy(gov, world, server):
    server.routes[publish.INDEX_PATH] = site.encoded([])
    assert_said(gov.run("install", NAME), "proxy", "download", NAME)
    assert_installed(gov, world)


@pytest.mark.parametrize("code", [404, 410])
def test_a_site_without_an_index_is_said(gov, world, server, code):
    server.fault(publish.INDEX_PATH, faults.status(code))
    assert_said(gov.run("install", NAME), "proxy", "download", "index")
    assert_installed(gov, world)


@pytest.mark.parametrize("code", [401, 403, 429, 500, 503])
def test_the_reason_of_a_failing_site_is_said(gov, world, server, code):
    server.fault(publish.INDEX_PATH, faults.status(code))
    assert_said(gov.run("install", NAME), "proxy", "download", str(code))
    assert_installed(gov, world)


def test_a_site_that_is_down_is_said(gov, world):
    result = gov.run("install", NAME, env={"GOV_MIRROR": f"{CLOSED}/dl"})
    assert_said(result, "proxy", "download", CLOSED)
    assert_installed(gov, world)


def test_a_listed_archive_that_is_absent_comes_from_the_proxy(gov, world, server):
    server.fault(TARBALL, faults.status(404))
    assert_said(gov.run("install", NAME), "proxy", "download", TARBALL)
    assert_installed(gov, world)


def test_the_order_of_sources_can_be_set(gov, world, server):
    server.fault(ZIP, faults.status(404))
    result = gov.run("install", NAME, env={"GOV_SOURCES": "proxy,download"})
    assert_said(result, "download", "proxy", "/proxy")
    assert_installed(gov, world)


@pytest.mark.parametrize("sources", ["mirror", "download proxy"])
def test_an_unknown_source_is_a_configuration_error(gov, sources):
    gov.refuses(NAME, 2, "GOV_SOURCES", env={"GOV_SOURCES": sources})


def test_with_every_source_down_each_is_named(gov, server):
    log = f"{gov.env['GOSUMDB']} {server.url}/sumdb/{LOG_NAME}"
    down = {"GOV_MIRROR": f"{CLOSED}/dl", "GOPROXY": f"{CLOSED}/proxy", "GOSUMDB": log}
    gov.refuses(NAME, 7, "download", "proxy", env=down)


def test_a_release_that_nobody_has(gov):
    gov.refuses("go1.98.7", 6, "go1.98.7")


@pytest.fixture
def old(directory, server, gov):
    """A release from before the log covered tarballs, in both sources."""
    release = mini.release(directory, "go1.20.14")
    server.routes.update(publish.proxy_routes([release]) | publish.site_routes([release]))
    mount_log(server, log_of(release))
    return release


def test_an_old_release_comes_from_the_proxy_that_the_log_covers(gov, server, old):
    gov.run("install", old.name)
    assert not server.asked(publish.tarball_path(old.name))
    assert distpack.is_whole(old.name, gov.goroot(old.name), old.h1)


def test_an_old_tarball_is_proved_by_the_index_and_says_so(gov, server, old):
    result = gov.run("install", old.name, env={"GOV_SOURCES": "download"})
    assert len(lines_with(result, old.name, "index")) == 1, result.stderr
    assert distpack.is_whole(old.name, gov.goroot(old.name), old.h1)


def test_an_old_tarball_that_the_index_does_not_match_is_refused(gov, server, old):
    server.fault(publish.tarball_path(old.name), faults.flip(500))
    gov.refuses(old.name, 3, env={"GOV_SOURCES": "download"})


# The GOPROXY grammar.


def proxies(gov, value):
    return {"GOV_SOURCES": "proxy", "GOPROXY": value.format(good=gov.env["GOPROXY"], down=CLOSED)}


@pytest.mark.parametrize("value", ["{good},direct", "{good}|direct", "{down}|{good}", " {good} "])
def test_a_list_of_proxies_that_serves(gov, world, value):
    gov.run("install", NAME, env=proxies(gov, value))
    assert_installed(gov, world)


@pytest.mark.parametrize("value", ["off", "{down},{good}", "off,{good}", "{down}|off"])
def test_a_list_of_proxies_that_does_not_serve(gov, value):
    gov.refuses(NAME, 7, env=proxies(gov, value))


@pytest.mark.parametrize("code", [404, 410])
def test_a_proxy_without_the_release_passes_on_to_the_next(gov, world, server, code):
    server.fault("/empty/*", faults.status(code))
    gov.run("install", NAME, env=proxies(gov, f"{server.url}/empty,{{good}}"))
    assert_installed(gov, world)


def test_a_comma_stops_at_a_proxy_that_fails(gov, server):
    server.fault("/broken/*", faults.status(500))
    gov.refuses(NAME, 7, "500", env=proxies(gov, f"{server.url}/broken,{{good}}"))


def test_the_proxy_may_be_a_directory(gov, world, directory):
    publish.write_tree(directory / "tree", publish.proxy_routes([world.mini]))
    publish.write_tree(directory / "tree", publish.log_routes(world.log))
    gov.run("install", NAME, env=proxies(gov, f"file://{directory}/tree/proxy"))
    assert_installed(gov, world)


def test_goproxy_and_gosumdb_may_stand_in_the_go_env_file(gov, world):
    file = gov.root / "config/go/env"
    file.write_text("".join(f"{name}={gov.env[name]}\n" for name in ("GOPROXY", "GOSUMDB")))
    env = {"GOPROXY": None, "GOSUMDB": None, "GOV_SOURCES": "proxy"}
    gov.run("install", NAME, env=env)
    assert_installed(gov, world)


# The mirror's address.


def test_the_mirror_may_be_a_directory(gov, world, directory):
    publish.write_tree(directory / "tree", publish.site_routes([world.mini]))
    env = {"GOV_SOURCES": "download", "GOV_MIRROR": f"file://{directory}/tree/dl"}
    gov.run("install", NAME, env=env)
    assert_installed(gov, world)


@pytest.mark.parametrize(
    "mirror", ["http://mirror.invalid/dl", "ftp://127.0.0.1/dl", "gopher:x", "x"]
)
def test_a_mirror_must_be_https_or_on_this_machine(gov, server, mirror):
    gov.refuses(NAME, 2, "GOV_MIRROR", env={"GOV_MIRROR": mirror})
    assert not server.asked("*.zip")


# What a server may do.


def only(source):
    return {"GOV_SOURCES": source}


def test_an_archive_may_be_redirected_as_the_download_site_does(gov, world, server):
    server.routes["/storage/archive"] = server.routes[TARBALL]
    server.fault(TARBALL, faults.redirect(f"{server.url}/storage/archive"))
    gov.run("install", NAME, env=only("download"))
    assert_installed(gov, world)


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", ""]
)
def test_a_redirect_out_of_http_is_refused(gov, server, source, target):
    server.fault(PATHS[source], faults.redirect(target))
    gov.refuses(NAME, 7, env=only(source))


@pytest.mark.parametrize("source", PATHS)
def test_a_redirect_loop_ends(gov, server, source):
    server.fault(PATHS[source], faults.redirect(server.url + PATHS[source]))
    gov.refuses(NAME, 7, env=only(source))


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("code", [204, 304, 401, 403, 429, 500, 503])
def test_an_archive_that_the_server_denies(gov, server, source, code):
    server.fault(PATHS[source], faults.status(code))
    gov.refuses(NAME, 7, str(code), env=only(source))


@pytest.mark.parametrize("source", PATHS)
def test_a_download_that_breaks_once_is_tried_again(gov, world, server, source):
    half = server.routes[PATHS[source]].stat().st_size // 2
    server.fault(PATHS[source], faults.cut(half), times=1)
    gov.run("install", NAME, env=only(source))
    assert_installed(gov, world)


@pytest.mark.parametrize("source", PATHS)
def test_a_broken_download_goes_on_where_it_stopped(gov, world, server, source):
    size = server.routes[PATHS[source]].stat().st_size
    server.fault(PATHS[source], faults.cut(size // 2), times=1)
    gov.run("install", NAME, env=only(source))
    assert_installed(gov, world)
    assert sum(one.sent for one in server.asked(PATHS[source])) == size


@pytest.mark.parametrize("source", PATHS)
def test_a_download_starts_again_when_the_file_has_changed(gov, world, server, source):
    half = server.routes[PATHS[source]].stat().st_size // 2
    old = (faults.flip(10), faults.header("ETag", '"old"'), faults.cut(half))
    server.fault(PATHS[source], *old, times=1)
    gov.run("install", NAME, env=only(source))
    assert_installed(gov, world)


@pytest.mark.parametrize("source", PATHS)
def test_a_download_without_a_length(gov, world, server, source):
    server.fault(PATHS[source], faults.chunked)
    gov.run("install", NAME, env=only(source))
    assert_installed(gov, world)


def test_an_endless_archive_is_stopped_at_the_index_size(gov, world, server):
    body = world.mini.tarball.read_bytes() + bytes(200_000_000)
    server.fault(TARBALL, faults.replace(body), faults.chunked)
    gov.refuses(NAME, 3, env=only("download"))
    assert max(one.sent for one in server.asked(TARBALL)) < 20_000_000


@pytest.mark.parametrize("source", PATHS)
def test_a_download_that_crawls_is_given_up(gov, server, source):
    """On one connection and on the several that share what is slow."""
    server.fault(PATHS[source], faults.drip(100))
    gov.refuses(NAME, 7, env={**only(source), "GOV_TIMEOUT": "2"}, timeout=60)


def test_a_go_env_that_lies_in_the_directory_is_nobodys_setting(gov, world, server):
    (gov.project / "go.env").write_text("GOPROXY=http://127.0.0.1:1/evil\nGOSUMDB=off\n")
    gov.run("install", NAME, env={"GOPROXY": None, "GOSUMDB": None, "GOV_SOURCES": "proxy"}, check=7)
    assert server.requests == []


def test_a_password_never_goes_out_in_the_clear(gov, server):
    gov.refuses(NAME, 2, "password in the clear", env={"GOPROXY": "http://a:b@127.0.0.1:1"})
    gov.refuses(NAME, 2, "password in the clear", env={"GOSUMDB": "sum.golang.org http://a:b@127.0.0.1:1"})
    (gov.home / ".netrc").write_text("machine 127.0.0.1 login someone password secret\n")
    gov.run("install", NAME)
    assert server.requests and not [one for one in server.requests if "Authorization" in one.headers]


def test_an_http_proxy_is_never_asked_for_this_machine(gov, world):
    gov.run("install", NAME, env={"http_proxy": CLOSED, "all_proxy": CLOSED})
    assert_installed(gov, world)


# The user's config.


def configure(gov, text):
    file = gov.root / "config/gov/config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_mirrors_of_the_config_come_before_the_other_one(gov, world, server):
    for path in (publish.INDEX_PATH, TARBALL):
        server.routes[path.replace("/dl/", "/own/")] = server.routes[path]
    configure(gov, f'mirror = ["{CLOSED}/dl", "{server.url}/own/"]\n')
    result = gov.run("install", NAME)
    assert f"from download ({server.url}/own/" in result.stderr and CLOSED in result.stderr
    assert not server.asked("/dl/*")
    assert_installed(gov, world)


def test_after_the_mirrors_of_the_config_comes_the_other_one(gov, world, server):
    configure(gov, f'mirror = "{server.url}/none"\n')
    assert "/none has no release index" in gov.run("install", NAME).stderr
    assert server.asked(TARBALL) and not server.asked(ZIP)
    assert_installed(gov, world)


def test_a_lying_mirror_stops_everything_and_says_why(gov, server):
    for path in (publish.INDEX_PATH, TARBALL):
        server.routes[path.replace("/dl/", "/own/")] = server.routes[path]
    server.fault("/own/*.gz", faults.flip(5000))
    configure(gov, f'mirror = "{server.url}/own"\n')
    result = gov.refuses(NAME, 3, "/own/", "not the file that the index announced")
    assert "no other source is asked" in result.stderr
    assert not server.asked("/dl/*") and not server.asked(ZIP)


def test_a_mirror_of_the_config_is_named_with_its_place(gov):
    file = configure(gov, '# mine\nmirror = "http://mirror.example"\n')
    gov.refuses(NAME, 2, f"{file}:2:10: mirror is http://mirror.example, which is neither https")


def test_sources_of_the_config_give_way_to_the_environment(gov, server):
    configure(gov, 'sources = "proxy"\n')
    assert "from proxy" in gov.run("install", NAME).stderr
    gov.remove(NAME)
    assert "from download" in gov.run("install", NAME, env={"GOV_SOURCES": "download"}).stderr


def test_a_config_that_others_can_write_is_not_obeyed(gov):
    configure(gov, 'verify = "index"\n').chmod(0o666)
    gov.refuses(NAME, 9, "config.toml is not obeyed", "written by everyone")


def test_the_index_alone_is_enough_only_where_the_config_says_so(gov, world, server):
    env = {"GOSUMDB": "off"}
    gov.refuses(NAME, 3, "GOSUMDB=off", env=env)
    configure(gov, 'verify = "index"\n')
    result = gov.run("install", NAME, env=env)
    assert "checked against the index's SHA-256; the checksum database was not asked" in result.stderr
    assert not server.asked("*sumdb*")
    assert_installed(gov, world)
    assert gov.run("list", "--json").json[0]["proved_by"] == "index"
    gov.run("verify", NAME)
    configure(gov, "")
    assert "has no proof" in gov.run("verify", NAME, check=3).stderr


def test_the_index_alone_proves_nothing_that_a_proxy_serves(gov, world, server):
    configure(gov, 'verify = "index"\n')
    gov.refuses(NAME, 3, "GOSUMDB=off", env={"GOSUMDB": "off", "GOV_SOURCES": "proxy"})
    rows = site.entry(NAME, site.row(world.mini, sha256=""))
    server.routes[publish.INDEX_PATH] = site.encoded([rows])
    gov.refuses(NAME, 3, "nothing proves", env={"GOV_SOURCES": "download"})


@pytest.mark.parametrize("word", ["proxy", "noproxy"])
def test_a_reserved_word_is_no_proxy(gov, server, word):
    gov.refuses(NAME, 2, f'"{word}"', env={"GOPROXY": word})
    assert server.requests == []
