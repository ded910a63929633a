// SPDX-License-Identifier: Apache-2.0
#include "download/url.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using gov::base::ExitCode;
using gov::download::is_loopback_http;
using gov::download::origin_of;
using gov::download::redirected;
using gov::download::shown_url;
using gov::tests::failure_of;

TEST_CASE("URLs are shown without credentials and control characters") {
    CHECK(shown_url("https://u:p@host/a?b=@c") == "https://host/a?b=@c");
    CHECK(shown_url("https://u:p@ss@host/a") == "https://host/a");
    CHECK(shown_url("https://host/a@b") == "https://host/a@b");
    CHECK(shown_url("https://u:p@host") == "https://host");
    CHECK(shown_url("no url\x1b") == "no url\\x1b");
}

TEST_CASE("only http to this very machine is loopback") {
    for (const char* url :
         {"http://127.0.0.1", "http://127.0.0.1:8080/x", "http://127.9.9.9/", "http://localhost/dl",
          "http://localhost:1", "http://[::1]/x", "http://[::1]:80/"}) {
        CAPTURE(std::string{url});
        CHECK(is_loopback_http(url));
    }
    for (const char* url :
         {"https://127.0.0.1", "http://127.evil.example/", "http://127.0.0.1.evil.example/",
          "http://localhost.evil.example/", "http://127.0.0.1@evil.example/",
          "http://localhost:80@evil.example/", "http://[::1].evil.example/", "http://[::2]/",
          "http://128.0.0.1/", "http://1270.0.1/", "http://", "http:///127.0.0.1",
          "http://evil.example/127.0.0.1", "http://evil.example?@127.0.0.1",
          "http://127.0.0.1\\@evil.example/", "http://0.0.0.0/"}) {
        CAPTURE(std::string{url});
        CHECK_FALSE(is_loopback_http(url));
    }
}

TEST_CASE("a URL says who is asked, and as whom") {
    const auto parts = [](std::string_view url) {
        const auto origin = origin_of(url);
        return std::string{origin.scheme} + "|" + std::string{origin.user} + "|" +
               std::string{origin.host} + "|" + std::string{origin.port};
    };
    CHECK(parts("https://host/a@b:1") == "https||host|443");
    CHECK(parts("http://u:p@host:81?x") == "http|u:p|host|81");
    CHECK(parts("https://u:p@ss@[::1]:8/") == "https|u:p@ss|::1|8");
    CHECK(parts("http://[::1]") == "http||::1|80");
    CHECK(parts("file:///a") == "file|||");
    CHECK(parts("nothing") == "|||");
}

TEST_CASE("a redirect stays on the network and never leaves https") {
    CHECK(redirected("https://a/x", "https://b/y") == "https://b/y");
    CHECK(redirected("http://a/x", "https://b/y") == "https://b/y");
    CHECK(redirected("http://a/x", "http://b/y") == "http://b/y");
    for (const char* target : {"http://a/x", "ftp://a/x", "file:///etc/passwd", "dict://a", ""}) {
        CAPTURE(std::string{target});
        CHECK(failure_of([&] { redirected("https://a/x", target); }).code == ExitCode::unreachable);
    }
    CHECK(failure_of([] { redirected("http://a/x", "file:///a"); }).code == ExitCode::unreachable);
}

TEST_CASE("credentials go along to the same server only") {
    CHECK(redirected("https://u:p@a/x", "https://a/y") == "https://u:p@a/y");
    CHECK(redirected("https://u:p@a/x", "https://a:443/y") == "https://u:p@a:443/y");
    CHECK(redirected("https://u:p@a/x", "https://a:8443/y") == "https://a:8443/y");
    CHECK(redirected("https://u:p@a/x", "https://b/y") == "https://b/y");
    CHECK(redirected("http://u:p@a/x", "https://a/y") == "https://a/y");
    const auto failure = failure_of([] { redirected("https://a/x", "https://u:secret@b/y"); });
    CHECK(failure.code == ExitCode::unreachable);
    CHECK(failure.message.find("secret") == std::string::npos);
}
