// SPDX-License-Identifier: Apache-2.0
#include "download/source.hpp"

#include "base/format.hpp"
#include "download/little_endian.hpp"
#include "download/log_answers.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::download;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;

namespace {

const std::string zip_path = "golang.org/toolchain/@v/v0.0.1-go1.22.6.linux-amd64.zip";

class Silent : public Arrivals {
public:
    void restarts() override {}
    void contiguous(std::uint64_t) override {}
    void progress(std::uint64_t, std::uint64_t) override {}
};

struct Download {
    Sandbox sandbox;
    PartialFile file{sandbox.path(), "go1.22.6"};
    Silent arrivals;
    Access access;
    Wanted wanted{GoVersion::require("1.22.6"), {"linux", "amd64"}, file, arrivals, access,
                  sandbox.path() / "index"};

    std::string content() const { return read_exactly(file.fd(), 0, size_of(file.fd())); }
};

// A download site in `sandbox` whose index says this of an archive that holds "archive".
std::string site(const Sandbox& sandbox, std::size_t size, const std::string& sha256) {
    sandbox.write("dl/go1.22.6.linux-amd64.tar.gz", "archive");
    sandbox.write("dl/index.json",
                  gov::base::format(R"([{{"version":"go1.22.6","files":[{{"filename":)"
                                    R"("go1.22.6.linux-amd64.tar.gz","os":"linux","arch":"amd64",)"
                                    R"("size":{},"sha256":"{}","kind":"archive"}}]}}])",
                                    size, sha256));
    return "file://" + (sandbox.path() / "dl").native();
}

std::string hash_of(std::string_view content) {
    return gov::base::to_hex(gov::base::sha256(gov::base::as_bytes(content)));
}

std::string proxy(const Sandbox& sandbox, const char* name) {
    return "file://" + (sandbox.path() / name).native();
}

}  // namespace

TEST_CASE("GOV_SOURCES lists sources in the order to ask them") {
    CHECK(parse_sources("") == std::vector{SourceKind::download, SourceKind::proxy});
    CHECK(parse_sources("proxy,download") == std::vector{SourceKind::proxy, SourceKind::download});
    CHECK(parse_sources("proxy") == std::vector{SourceKind::proxy});
    for (const char* list : {"mirror", "download,", ",", " proxy", "proxy,\x1b[2J"}) {
        CAPTURE(std::string{list});
        CHECK(failure_of([&] { parse_sources(list); }).code == ExitCode::usage);
    }
}

TEST_CASE("the site's archive is fetched where it is what the index announced") {
    const Sandbox sandbox;
    const std::string mirror = site(sandbox, 7, hash_of("archive"));
    const Download download;
    const Fetched fetched = fetch_from_site(mirror, download.wanted);
    CHECK(fetched.kind == SourceKind::download);
    CHECK(fetched.url == mirror + "/go1.22.6.linux-amd64.tar.gz");
    CHECK(fetched.sha256 == hash_of("archive"));
    CHECK(fetched.index_agrees);
    CHECK(download.content() == "archive");
}

TEST_CASE("an archive that is not what the index announced is refused") {
    for (const std::size_t size : {6, 8}) {
        const Sandbox sandbox;
        const std::string mirror = site(sandbox, size, hash_of("archive"));
        CHECK(failure_of([&] { fetch_from_site(mirror, Download{}.wanted); }).code ==
              ExitCode::verification);
    }
    const Sandbox sandbox;
    const std::string mirror = site(sandbox, 7, hash_of("another"));
    const auto failure = failure_of([&] { fetch_from_site(mirror, Download{}.wanted); });
    CHECK(failure.code == ExitCode::verification);
    CHECK(failure.message.find("is not the file that the index announced") != std::string::npos);
}

TEST_CASE("without a SHA-256 the index vouches for nothing") {
    const Sandbox sandbox;
    CHECK_FALSE(fetch_from_site(site(sandbox, 7, ""), Download{}.wanted).index_agrees);
}

TEST_CASE("a site without the release, the file or an index says which") {
    const Sandbox sandbox;
    const std::string mirror = site(sandbox, 7, "");
    Download other;
    other.wanted.version = GoVersion::require("1.22.7");
    CHECK(failure_of([&] { fetch_from_site(mirror, other.wanted); }).code == ExitCode::no_release);
    std::filesystem::remove(sandbox.path() / "dl/go1.22.6.linux-amd64.tar.gz");
    CHECK(failure_of([&] {
              fetch_from_site(mirror, Download{}.wanted);
          }).message.find("is listed but not there") != std::string::npos);
    CHECK(failure_of([&] { fetch_from_site(mirror + "x", Download{}.wanted); }).code ==
          ExitCode::unreachable);
}

TEST_CASE("a mirror by plain http is refused before anything is asked") {
    for (const char* mirror : {"http://mirror.example/dl", "ftp://mirror.example", "mirror.example",
                               "file://relative", ""}) {
        CAPTURE(std::string{mirror});
        const auto failure = failure_of([&] { check_mirror(mirror, "here"); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.starts_with("here is "));
    }
    check_mirror("https://mirror.example/dl", "GOV_MIRROR");
    check_mirror("http://127.0.0.1:8080/dl", "GOV_MIRROR");
}

TEST_CASE("the first proxy that has the module serves it") {
    const Sandbox sandbox;
    sandbox.write("b/" + zip_path, "zip");
    const auto proxies = parse_proxies(proxy(sandbox, "a") + "," + proxy(sandbox, "b"));
    const Download download;
    const Fetched fetched = fetch_from_proxies(proxies, download.wanted);
    CHECK(fetched.kind == SourceKind::proxy);
    CHECK(fetched.url == proxy(sandbox, "b") + "/" + zip_path);
    CHECK(fetched.sha256 == hash_of("zip"));
    CHECK_FALSE(fetched.index_agrees);
    CHECK(download.content() == "zip");
}

TEST_CASE("proxies without the module are named") {
    const Sandbox sandbox;
    const auto failure = failure_of([&] {
        fetch_from_proxies(parse_proxies(proxy(sandbox, "a") + "," + proxy(sandbox, "b")),
                           Download{}.wanted);
    });
    CHECK(failure.code == ExitCode::no_release);
    for (const char* name : {"a", "b"})
        CHECK(failure.message.find(proxy(sandbox, name)) != std::string::npos);
}

TEST_CASE("an unreachable proxy is passed only by '|'") {
    const Sandbox sandbox;
    sandbox.write("b/" + zip_path, "zip");
    const std::string dead = "http://127.0.0.1:1";
    const auto ask = [&](const std::string& between) {
        fetch_from_proxies(parse_proxies(dead + between + proxy(sandbox, "b")), Download{}.wanted);
    };
    CHECK(failure_of([&] { ask(","); }).code == ExitCode::unreachable);
    CHECK(failure_of([&] { ask("|"); }).code == ExitCode::done);
}

TEST_CASE("without a proxy to ask there is nothing to be had") {
    for (const char* goproxy : {"", "off", "off,https://a.example"})
        CHECK(failure_of([&] {
                  fetch_from_proxies(parse_proxies(goproxy), Download{}.wanted);
              }).code == ExitCode::unreachable);
}

TEST_CASE("the log is asked through the first proxy that speaks for it") {
    const Sandbox sandbox;
    sandbox.write("b/sumdb/log.example/supported", "");
    sandbox.write("b/sumdb/log.example/latest", "head");
    LogAnswers answers{
        "log.example", {}, parse_proxies(proxy(sandbox, "a") + "," + proxy(sandbox, "b"))};
    CHECK(answers.fetch("/latest") == "head");
    CHECK_FALSE(answers.fetch("/absent"));
    const std::vector<std::string> paths{"/latest", "/absent", "/latest"};
    CHECK(answers.fetch_all(paths) == std::vector<std::optional<std::string>>{"head", {}, "head"});
}

TEST_CASE("a database is not asked around a proxy that did not answer") {
    const Sandbox sandbox;
    const auto ask = [&](const std::string& goproxy) {
        return failure_of(
                   [&] { LogAnswers{"127.0.0.1:2", {}, parse_proxies(goproxy)}.fetch("/latest"); })
            .message;
    };
    const std::string down = "http://127.0.0.1:1";
    for (const std::string& goproxy :
         {down, down + "|", down + "|off", down + "|" + proxy(sandbox, "a"), down + ",direct"})
        CHECK(ask(goproxy).find("asking http://127.0.0.1:1/") != std::string::npos);
    for (const std::string& goproxy : {down + "|direct", proxy(sandbox, "a"), std::string{"off"}})
        CHECK(ask(goproxy).find("asking https://127.0.0.1:2/") != std::string::npos);
}

TEST_CASE("a URL in GOSUMDB is asked and nothing else") {
    const Sandbox sandbox;
    sandbox.write("own/latest", "head");
    LogAnswers answers{"log.example",
                       {.key = {}, .url = proxy(sandbox, "own")},
                       parse_proxies("http://127.0.0.1:1")};
    CHECK(answers.fetch("/latest") == "head");
}
