// SPDX-License-Identifier: Apache-2.0
#include "cache/health.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace gov;
using namespace gov::cache;
using gov::tests::Sandbox;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Settings settings_in(const Sandbox& sandbox) {
    Settings settings;
    settings.mode = Mode::read_write;
    settings.remote = "http://127.0.0.1:8080";
    settings.folder = sandbox.path() / "build-cache";
    settings.timeout = seconds{1};
    return settings;
}

}  // namespace

TEST_CASE("one request without an answer is enough, and others need not try") {
    const Sandbox sandbox;
    const Settings settings = settings_in(sandbox);
    Health health{settings};
    REQUIRE(health.reads());
    REQUIRE(health.writes());
    health.failed_to_read({.status = 0, .reason = "Connection refused"});
    CHECK_FALSE(health.reads());
    CHECK_FALSE(health.writes());
    CHECK(health.trouble() ==
          "the shared cache http://127.0.0.1:8080 is not used any more: Connection refused");
    const Health next{settings};
    CHECK_FALSE(next.reads());
    CHECK(next.trouble().empty());  // it was said
    Settings other = settings;
    other.remote = "http://127.0.0.1:8081";
    CHECK(Health{other}.reads());
}

TEST_CASE("what a server that is ill says may pass, but not three times") {
    const Sandbox sandbox;
    Health health{settings_in(sandbox)};
    for (int i = 0; i < 2; ++i) health.failed_to_read({.status = 503, .reason = "503"});
    CHECK(health.reads());
    health.answered();
    for (int i = 0; i < 2; ++i) health.failed_to_read({.status = 503, .reason = "503"});
    CHECK(health.reads());
    health.failed_to_read({.status = 503, .reason = "503"});
    CHECK_FALSE(health.reads());
}

TEST_CASE("refusals, late answers and wishes are final") {
    for (const auto& failure :
         {Health::Failure{.status = 401, .reason = "x"},
          Health::Failure{.status = 403, .reason = "x"},
          Health::Failure{.status = 429, .reason = "x"},
          Health::Failure{.status = 302, .reason = "x"},
          Health::Failure{.status = 200, .reason = "x", .took = milliseconds{950}},
          Health::Failure{.status = 503, .reason = "x", .took = {}, .wish = seconds{5}}}) {
        const Sandbox sandbox;
        Health health{settings_in(sandbox)};
        health.failed_to_read(failure);
        CHECK_FALSE(health.reads());
    }
}

TEST_CASE("a server that is full is read from all the same") {
    const Sandbox sandbox;
    Health health{settings_in(sandbox)};
    health.failed_to_write({.status = 507, .reason = "Insufficient Storage"});
    CHECK(health.reads());
    CHECK_FALSE(health.writes());
    CHECK(health.trouble() ==
          "nothing more is put into the shared cache http://127.0.0.1:8080: Insufficient Storage");
    CHECK(Health{settings_in(sandbox)}.writes());
}

TEST_CASE("a body that is too large for a server says nothing of others") {
    const Sandbox sandbox;
    Health health{settings_in(sandbox)};
    health.failed_to_write({.status = 413, .reason = "413"});
    CHECK(health.writes());
    for (int i = 0; i < 2; ++i) health.failed_to_write({.status = 413, .reason = "413"});
    CHECK_FALSE(health.writes());
}

TEST_CASE("three answers that are not true are enough") {
    const Sandbox sandbox;
    Health health{settings_in(sandbox)};
    for (int i = 0; i < 2; ++i) health.was_wrong();
    CHECK(health.reads());
    health.was_wrong();
    CHECK_FALSE(health.reads());
}

TEST_CASE("waiting that brings nothing ends after one time-out, and hits buy more of it") {
    const Sandbox sandbox;
    Settings settings = settings_in(sandbox);
    settings.timeout = seconds{0};  // so that a hit is all that waiting may cost
    Health health{settings};
    for (int i = 0; i < 20; ++i) health.hit();
    {
        const Health::Waiting waiting{health};
    }
    CHECK(health.reads());
    Health poor{settings};
    {
        const Health::Waiting waiting{poor};
        std::this_thread::sleep_for(milliseconds{5});
    }
    CHECK_FALSE(poor.reads());
    CHECK(poor.trouble().ends_with("it answers too slowly"));
}

TEST_CASE("a note that makes no sense stops nobody") {
    const Sandbox sandbox;
    const Settings settings = settings_in(sandbox);
    {
        Health health{settings};
        health.failed_to_read({.status = 0, .reason = "gone"});
    }
    for (const auto& file : std::filesystem::directory_iterator{settings.folder})
        for (const char* text : {"", "x", "99999999999999999999999", "1"}) {
            sandbox.write(file.path(), text);
            CHECK(Health{settings}.reads());
        }
}

TEST_CASE("read-only is never written to") {
    const Sandbox sandbox;
    Settings settings = settings_in(sandbox);
    settings.mode = Mode::read_only;
    const Health health{settings};
    CHECK(health.reads());
    CHECK_FALSE(health.writes());
}
