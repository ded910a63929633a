// SPDX-License-Identifier: Apache-2.0
#include "download/proxy_list.hpp"

#include "proof/verifier.hpp"
#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::download;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

// "url," for each proxy, with '|' where any error falls through; "off" for the one without URL.
std::string parsed(std::string_view goproxy) {
    std::string text;
    for (const ModuleProxy& proxy : parse_proxies(goproxy))
        text +=
            (proxy.url.empty() ? "off" : proxy.url) + (proxy.falls_through_any_error ? "|" : ",");
    return text;
}

const std::string own_key = "log.example+fd4a8c7f+AcUxnSsXMwvEZZU51x0iCIbNBWBA9GKSh1wyvLCDZwgs";

}  // namespace

TEST_CASE("GOPROXY is a list with the go command's separators") {
    CHECK(parsed("") == "");
    CHECK(parsed("https://a.example") == "https://a.example,");
    CHECK(parsed("https://a.example,https://b.example|http://c.example") ==
          "https://a.example,https://b.example|http://c.example,");
    CHECK(parsed(" https://a.example/go/ , ,|https://b.example// ") ==
          "https://a.example/go,https://b.example,");
    CHECK(parsed("proxy.example/go,file:///srv/mod") ==
          "https://proxy.example/go,file:///srv/mod,");
    CHECK(parsed("https://a.example,direct") == "https://a.example,https://go.dev/dl/mod,");
}

TEST_CASE("off ends the list") {
    CHECK(parsed("off") == "off,");
    CHECK(parsed("https://a.example,off,https://b.example") == "https://a.example,off,");
}

TEST_CASE("an entry that cannot be asked is refused, without showing its password") {
    for (const char* entry : {"ftp://a.example", "./relative", "/absolute", "file://host/x",
                              "proxy", "Direct", "noproxy", "http://user:secret@a.example"}) {
        CAPTURE(std::string{entry});
        const auto failure = failure_of([&] { parse_proxies(entry); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.find("GOPROXY") != std::string::npos);
        CHECK(failure.message.find("secret") == std::string::npos);
    }
    CHECK(parsed("https://user:secret@a.example") == "https://user:secret@a.example,");
    CHECK(parsed("http://a.example/@v") == "http://a.example/@v,");
}

TEST_CASE("without a word GOSUMDB is Go's public database") {
    for (const char* setting : {"", "  ", "sum.golang.org"}) {
        CHECK(parse_gosumdb(setting).key == gov::proof::sum_golang_org_key);
        CHECK(parse_gosumdb(setting).url.empty());
    }
    CHECK(parse_gosumdb("sum.golang.org https://mirror.example/sumdb/").url ==
          "https://mirror.example/sumdb");
    CHECK(parse_gosumdb("sum.golang.google.cn").key == gov::proof::sum_golang_org_key);
    CHECK(parse_gosumdb("sum.golang.google.cn").url == "https://sum.golang.google.cn");
    CHECK(parse_gosumdb("sum.golang.google.cn https://x.example").url == "https://x.example");
}

TEST_CASE("another database needs its whole key") {
    CHECK(parse_gosumdb(own_key).key == own_key);
    CHECK(parse_gosumdb(own_key + "\t http://127.0.0.1:1/ ").url == "http://127.0.0.1:1");
    CHECK(failure_of([] { parse_gosumdb("log.example"); }).code == ExitCode::usage);
    CHECK(failure_of([] { parse_gosumdb(own_key + " https://a https://b"); }).code ==
          ExitCode::usage);
}

TEST_CASE("GOSUMDB=off leaves nothing to prove a release with") {
    CHECK(failure_of([] { parse_gosumdb("off"); }).code == ExitCode::verification);
    CHECK(failure_of([] { parse_gosumdb(" off "); }).code == ExitCode::verification);
}
