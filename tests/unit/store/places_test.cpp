// SPDX-License-Identifier: Apache-2.0
#include "store/places.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <array>

using gov::base::Environment;
using gov::base::ExitCode;
using gov::store::Places;
using gov::tests::failure_of;
using gov::toolchain::GoVersion;

TEST_CASE("without any variable the places lie below the home directory") {
    const Places places = Places::of(Environment{{{"HOME", "/home/ada"}}});
    CHECK(places.home == "/home/ada/.local/share/gov");
    CHECK(places.config == "/home/ada/.config/gov");
    CHECK(places.state == "/home/ada/.local/state/gov");
    CHECK(places.cache == "/home/ada/.cache/gov");
}

TEST_CASE("GOV_HOME is taken as it is, the XDG directories get a gov of their own") {
    const Places places = Places::of(Environment{{{"HOME", "/home/ada"},
                                                  {"GOV_HOME", "/opt/./gov"},
                                                  {"XDG_DATA_HOME", "/data"},
                                                  {"XDG_CONFIG_HOME", "/config"},
                                                  {"XDG_STATE_HOME", "/state"},
                                                  {"XDG_CACHE_HOME", ""}}});
    CHECK(places.home == "/opt/gov");
    CHECK(places.config == "/config/gov");
    CHECK(places.state == "/state/gov");
    CHECK(places.cache == "/home/ada/.cache/gov");
    CHECK(Places::of(Environment{{{"HOME", "/h"}, {"XDG_DATA_HOME", "/data"}}}).home ==
          "/data/gov");
}

TEST_CASE("a release's GOROOT and receipt are named for it") {
    const Places places = Places::of(Environment{{{"HOME", "/h"}, {"GOV_HOME", "/g"}}});
    CHECK(places.goroot(GoVersion::require("1.22.6")) == "/g/versions/go1.22.6");
    CHECK(places.receipt(GoVersion::require("1.20.0")) == "/g/receipts/go1.20.json");
}

TEST_CASE("a place that is not absolute is refused by its variable's name") {
    for (const char* variable :
         {"GOV_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"}) {
        CAPTURE(std::string{variable});
        const auto failure = failure_of(
            [&] { Places::of(Environment{{{"HOME", "/h"}, {variable, "relative/\x1b[2J"}}}); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.starts_with(variable));
        CHECK(failure.message.find("relative/\\x1b[2J") != std::string::npos);
    }
}

TEST_CASE("without a usable HOME the password database knows the home directory") {
    const Places places = Places::of(Environment{{{"HOME", "not/absolute"}}});
    CHECK(places.home.is_absolute());
    CHECK(places.home.native().ends_with("/.local/share/gov"));
}
