// SPDX-License-Identifier: Apache-2.0
#include "download/http.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::download;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;

TEST_CASE("a file URL is read whole, and up to its limit only") {
    const Sandbox sandbox;
    const std::string url = "file://" + sandbox.write("body", "0123456789").native();
    Http http;
    CHECK(http.get(url, 10) == "0123456789");
    const auto failure = failure_of([&] { http.get(url, 9); });
    CHECK(failure.code == ExitCode::unreachable);
    CHECK(failure.message.ends_with("the answer is longer than 9 bytes"));
    CHECK(http.get(url, 10) == "0123456789");  // fit for use after a failure
}

TEST_CASE("what is not there is absent, not an error") {
    const Sandbox sandbox;
    Http http;
    CHECK_FALSE(http.get("file://" + (sandbox.path() / "none").native(), 10));
}

TEST_CASE("a port where nobody listens is unreachable, and the password is not shown") {
    Http http;
    const auto failure = failure_of([&] { http.get("http://user:secret@127.0.0.1:1/x", 10); });
    CHECK(failure.code == ExitCode::unreachable);
    CHECK(failure.message.find("http://127.0.0.1:1/x") != std::string::npos);
    CHECK(failure.message.find("secret") == std::string::npos);
}

TEST_CASE("no other protocol is spoken") {
    Http http;
    for (const char* url : {"ftp://127.0.0.1/x", "dict://127.0.0.1/x", "gopher://127.0.0.1/x"})
        CHECK(failure_of([&] { http.get(url, 10); }).code == ExitCode::unreachable);
}

TEST_CASE("a transfer stops where its callbacks want no more") {
    const Sandbox sandbox;
    const std::string url = "file://" + sandbox.write("body", "0123456789").native();
    Http http;
    std::string body;
    Transfer transfer;
    transfer.limit = 10;
    transfer.sink = [&](gov::base::Bytes data) {
        body.append(data.begin(), data.end());
        return false;
    };
    CHECK(http.perform({.url = url}, transfer) == Outcome::stopped);
    CHECK(body == "0123456789");
    CHECK(http.perform({.url = url + "x"}, transfer) == Outcome::absent);
}
