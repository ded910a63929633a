// SPDX-License-Identifier: Apache-2.0
#include "activation/file_format.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::tests::failure_of;

namespace {

Given given(const std::string& goroot) {
    return {{{"GOROOT", goroot}, {"GOFLAGS", std::nullopt}}, {"/v/bin", "/w"}, "/v/bin:/w:/usr"};
}

}  // namespace

TEST_CASE("JSON tells what to set, what to unset, and what goes before the rest of PATH") {
    CHECK(json_text(given("/it's")) == R"({
  "env": {
    "GOROOT": "/it's"
  },
  "unset": [
    "GOFLAGS"
  ],
  "path": [
    "/v/bin",
    "/w"
  ]
}
)");
    CHECK(failure_of([] { json_text(given("/\xff")); }).message ==
          "the value of GOROOT is not UTF-8");
}

TEST_CASE("a .env file holds what all of its readers agree on") {
    CHECK(dotenv_text(given("/v")) == "GOROOT=/v\nPATH=/v/bin:/w:/usr\n");
    CHECK(dotenv_text(given("/a b#\"")) == "GOROOT='/a b#\"'\nPATH=/v/bin:/w:/usr\n");
    for (const char* odd : {"it's", "a\\b", "$x", "${x}", "a\nb", "a\rb", "`x`"})
        CHECK(failure_of([&] {
                  dotenv_text(given(odd));
              }).message.starts_with("the value of GOROOT has a character"));
}

TEST_CASE("systemd gets its four escapes") {
    CHECK(systemd_text(given("a \"b\\c`d$e'\n")) ==
          "GOROOT=\"a \\\"b\\\\c\\`d\\$e'\n\"\nPATH=\"/v/bin:/w:/usr\"\n");
    for (const char* odd : {"\x01", "\x7f", "\xff", "a\rb"})
        CHECK(failure_of([&] { systemd_text(given(odd)); }).message.starts_with("the value of"));
}

TEST_CASE("GitHub Actions gets values between delimiters, and the first entry last") {
    CHECK(github_env_text(given("a\nb=c<<d"), "D") == "GOROOT<<D\na\nb=c<<d\nD\nGOFLAGS<<D\n\nD\n");
    CHECK(github_path_text(given("/v")) == "/w\n/v/bin\n");
}
