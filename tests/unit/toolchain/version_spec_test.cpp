// SPDX-License-Identifier: Apache-2.0
#include "toolchain/version_spec.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

using gov::base::Error;
using gov::toolchain::can_be_link_name;
using gov::toolchain::GoVersion;
using gov::toolchain::VersionSpec;

namespace {

const std::vector<GoVersion>& releases() {
    static const std::vector<GoVersion> list = [] {
        std::vector<GoVersion> made;
        for (const char* number :
             {"1.4",     "1.19.13", "1.20rc1", "1.20",   "1.20.1",    "1.20.14", "1.21rc2",
              "1.21.0",  "1.21.13", "1.22.0",  "1.22.3", "1.22.6",    "1.22.12", "1.23.0",
              "1.23.12", "1.26.11", "1.27rc1", "1.27.4", "1.28beta1", "1.28rc1"})
            made.push_back(GoVersion::require(number));
        return made;
    }();
    return list;
}

std::string chosen(std::string_view spec) {
    const auto version = VersionSpec::require(spec).choose(releases());
    return version ? version->number() : "none";
}

std::string refusal(std::string_view spec) {
    try {
        VersionSpec::require(spec);
    } catch (const Error& error) {
        CHECK(error.code() == gov::base::ExitCode::usage);
        return error.what() + std::string{"; "} + error.hint();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("each spelling chooses what it says") {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 36> table{{
        {"1.22.6", "1.22.6"},
        {"go1.22.6", "1.22.6"},
        {"v1.22.6", "1.22.6"},
        {" 1.22.6 ", "1.22.6"},
        {"1.22", "1.22.12"},
        {"go1.22", "1.22.12"},
        {"1.22.x", "1.22.12"},
        {"1.20", "1.20.14"},
        {"go1.20", "1.20"},
        {"1.20.0", "1.20"},
        {"1.20rc1", "1.20rc1"},
        {"1.27rc1", "1.27rc1"},
        {"^1.22", "1.27.4"},
        {"^1.22.3", "1.27.4"},
        {"~1.22.3", "1.22.12"},
        {"~1.22", "1.22.12"},
        {"~1.20", "1.20.14"},
        {">=1.21 <1.24", "1.23.12"},
        {">=1.21,<1.24", "1.23.12"},
        {">= 1.21 < 1.24", "1.23.12"},
        {">=1.21 <1.22.6", "1.22.3"},
        {">=1.21 <=1.22.6", "1.22.6"},
        {"<=1.23", "1.23.12"},
        {"<1.23", "1.22.12"},
        {">1.26", "1.27.4"},
        {">1.27", "none"},
        {">=1.28rc1", "1.28rc1"},
        {">=1.28beta1 <1.28rc1", "1.28beta1"},
        {"=1.22.6", "1.22.6"},
        {"<1.21", "1.20.14"},
        {"stable", "1.27.4"},
        {"latest", "1.27.4"},
        {"oldstable", "1.26.11"},
        {"rc", "1.28rc1"},
        {"1.99", "none"},
        {"mine", "none"},
    }};
    for (const auto& [spec, expected] : table) {
        CAPTURE(spec);
        CHECK(chosen(spec) == expected);
    }
}

TEST_CASE("only one release is meant by an exact version alone") {
    CHECK(VersionSpec::require("go1.22.6").exact()->number() == "1.22.6");
    CHECK(VersionSpec::require("go1.20").exact()->number() == "1.20");
    for (const char* text : {"1.22", "1.20", "^1.22", "=1.22.6", "stable", "mine"})
        CHECK_FALSE(VersionSpec::require(text).exact());
}

TEST_CASE("what is known of newer lines says what oldstable is") {
    const std::vector installed{GoVersion::require("1.25.3"), GoVersion::require("1.26.11")};
    const auto oldstable = VersionSpec::require("oldstable");
    CHECK(oldstable.choose(installed)->number() == "1.25.3");
    CHECK(oldstable.choose(installed, GoVersion::require("1.27"))->number() == "1.26.11");
    CHECK(oldstable.choose(installed, GoVersion::require("1.24"))->number() == "1.25.3");
    CHECK_FALSE(oldstable.choose({}));
}

TEST_CASE("a floor is met by what is later in its line") {
    CHECK(VersionSpec::from(GoVersion::require("1.22")).choose(releases())->number() == "1.22.12");
    CHECK(VersionSpec::from(GoVersion::require("1.22.7")).choose(releases())->number() ==
          "1.22.12");
    CHECK(VersionSpec::from(GoVersion::require("1.27rc1")).choose(releases())->number() ==
          "1.27.4");
    CHECK(VersionSpec::from(GoVersion::require("1.28rc1")).choose(releases())->number() ==
          "1.28rc1");
}

TEST_CASE("a mistake gets an error that names the nearest right thing") {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 12> table{{
        {"GO1.22.6", "did you mean 1.22.6?"},
        {"go1.22.6-suffix", "did you mean 1.22.6?"},
        {"1.22.6.1", "did you mean 1.22.6?"},
        {"@1.22", "did you mean 1.22?"},
        {"1.022", "versions look like 1.22.6, 1.22"},
        {"", "versions look like"},
        {">=1.24 <1.22", "did you mean \">=1.22 <1.24\"?"},
        {"1.22 1.23", "is a range that no version is in"},
        {"~1.22.3 >=1.23", "is a range that no version is in"},
        {"<1.22 >1.22", "is a range that no version is in"},
        {"1.x", "names every release of Go there is; name a line such as 1.22, or write stable"},
        {"1", "names every release"},
    }};
    for (const auto& [spec, expected] : table) {
        CAPTURE(spec);
        CHECK(refusal(spec).find(expected) != std::string::npos);
    }
}

TEST_CASE("what is no version is refused") {
    std::string bomb;
    for (int i = 0; i < 10'000; ++i) bomb += ">=1 <2 || ";
    for (const std::string& text : {std::string{"1.22 || 1.23"},
                                    std::string{"1.22\n"},
                                    std::string{"\r1.22"},
                                    std::string{"1.22;id"},
                                    std::string{"1.22$(id)"},
                                    std::string{"1.22*"},
                                    std::string{"../1.22"},
                                    std::string{"a/b"},
                                    std::string{"/etc"},
                                    std::string{"1.22#"},
                                    std::string{"go1.22.6+auto"},
                                    std::string{"1.\xef\xbc\x92"},
                                    std::string{">="},
                                    std::string{"^"},
                                    std::string{"^~1.22"},
                                    std::string{"1.22.6rc1"},
                                    std::string{"1..22"},
                                    std::string{"1.9.2rc2"},
                                    std::string{"1.22.3.x"},
                                    std::string{"x"} + "\x1b[31m",
                                    bomb,
                                    std::string(33, '1')}) {
        CAPTURE(text.substr(0, 80));
        CHECK(refusal(text) != "accepted");
    }
    CHECK(refusal("\x1b[31m").find('\x1b') == std::string::npos);
}

TEST_CASE("names of linked toolchains are told from versions") {
    for (const char* name : {"mine", "tip", "my-go_1.22", "gotip", "local"})
        CHECK(can_be_link_name(name));
    for (const char* name : {"", "1.22", "go1.22", "GO1", "v1", "stable", "rc", "a/b", "-x", "a b"})
        CHECK_FALSE(can_be_link_name(name));
}
