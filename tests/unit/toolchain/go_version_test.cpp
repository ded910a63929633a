// SPDX-License-Identifier: Apache-2.0
#include "toolchain/go_version.hpp"

#include "base/error.hpp"
#include "toolchain/platform.hpp"

#include <doctest/doctest.h>

#include <array>

using gov::toolchain::GoVersion;
using gov::toolchain::Platform;

TEST_CASE("versions are ordered as Go orders them") {
    constexpr std::array ascending{"1.2.2",         "1.3beta1",  "1.3rc1",  "1.3",     "1.9.2",
                                   "1.10",          "1.20rc1",   "1.20",    "1.20.1",  "1.20.14",
                                   "1.21",          "1.21beta1", "1.21rc1", "1.21rc2", "1.21.0",
                                   "1.21.13",       "1.22",      "1.22rc1", "1.22.6",  "1.22.10",
                                   "1.99999999999", "2"};
    for (std::size_t i = 0; i < ascending.size(); ++i)
        for (std::size_t j = 0; j < ascending.size(); ++j) {
            CAPTURE(ascending[i]);
            CAPTURE(ascending[j]);
            CHECK((GoVersion::require(ascending[i]) <=> GoVersion::require(ascending[j])) ==
                  (i <=> j));
        }
}

TEST_CASE("a release before 1.21 without a patch is its .0") {
    CHECK(GoVersion::require("1.20") == GoVersion::require("go1.20.0"));
    CHECK(GoVersion::require("1.20.0").name() == "go1.20");
    CHECK(GoVersion::require("1.21.0").name() == "go1.21.0");
}

TEST_CASE("1.21 and later without a patch name the language") {
    CHECK(GoVersion::require("1.21").is_language_only());
    CHECK_FALSE(GoVersion::require("1.20").is_language_only());
    CHECK_FALSE(GoVersion::require("1.21rc1").is_language_only());
    CHECK(GoVersion::require("go1.22.6").language() == "1.22");
}

TEST_CASE("what is no version is refused") {
    for (const char* text : {"",           " ",
                             "go",         "1.022",
                             "01.22",      "1.22.06",
                             "1..22",      "1.22.",
                             ".1",         "1.22.6.1",
                             "v1.22.6",    "1.22.6\n",
                             "1.22 6",     "1.22;id",
                             "1.22$(id)",  "..",
                             "../1.22",    "a/b",
                             "/etc",       "1.22-x",
                             "1.22.6rc1",  "1.9.2rc2",
                             "1.22rc",     "1.22rc01",
                             "1.22gamma1", "1.\xef\xbc\x92",
                             "GO1.22.6",   "1.22.1234567890123456789012345678901234567890"}) {
        CAPTURE(text);
        CHECK_FALSE(GoVersion::parse(text));
    }
}

TEST_CASE("a refused version with a v says how to write it") {
    try {
        GoVersion::require("v1.22.6");
        FAIL("accepted");
    } catch (const gov::base::Error& error) {
        CHECK(error.hint() == "write 1.22.6");
        CHECK(error.code() == gov::base::ExitCode::usage);
    }
}

TEST_CASE("a release's names on the module proxy and the download site") {
    const GoVersion version = GoVersion::require("1.22.6");
    CHECK(module_version(version, {"linux", "amd64"}) == "v0.0.1-go1.22.6.linux-amd64");
    CHECK(module_version(version, {"linux", "arm"}) == "v0.0.1-go1.22.6.linux-arm");
    CHECK(archive_name(version, {"linux", "arm"}) == "go1.22.6.linux-armv6l.tar.gz");
    CHECK(archive_name(version, {"windows", "386"}) == "go1.22.6.windows-386.zip");
}
