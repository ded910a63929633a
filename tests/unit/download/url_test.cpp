// SPDX-License-Identifier: Apache-2.0
#include "download/url.hpp"

#include <doctest/doctest.h>

using gov::download::is_loopback_http;
using gov::download::shown_url;

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
