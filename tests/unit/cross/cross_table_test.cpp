// SPDX-License-Identifier: Apache-2.0
#include "cross/cross_table.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::ExitCode;
using gov::project::TomlFile;
using gov::tests::failure_of;

namespace {

CrossTable read(std::string_view text) {
    return read_cross_table(TomlFile{"/p/.gotoolchain.toml", text, "go = \"1.22.6\""});
}

std::string refusal(std::string_view text) {
    const auto failure = failure_of([&] { read(text); });
    CHECK(failure.code == ExitCode::usage);
    return failure.message;
}

}  // namespace

TEST_CASE("without a table nothing is said") {
    const CrossTable table = read("go = \"1.22.6\"\n");
    CHECK_FALSE(table.settings.targets);
    CHECK(table.builds.empty());
    CHECK_FALSE(table.universal);
}

TEST_CASE("the whole table is read") {
    const CrossTable table = read(R"(
[cross]
package = "./cmd/app"
targets = ["linux/*", "!linux/arm"]
tags = ["netgo"]
version = "{described}"
output = "out"
jobs = 2
timeout = "90s"
generate = true
universal = true
env = { GOEXPERIMENT = "rangefunc" }
ldflags_x = { "main.commit" = "{commit}" }
[cross.verify]
glibc_max = "2.28"
subsystem = "gui"
levels = { builder-path = "error" }
[cross.hooks]
before = "make assets"
[cross.target."linux/amd64"]
tags = ["special"]
[cross.target."linux/*"]
tags = ["general"]
[[cross.build]]
id = "cli"
package = ["./cmd/cli"]
)");
    CHECK(table.settings.packages == std::vector<std::string>{"./cmd/app"});
    CHECK(table.settings.targets == std::vector<std::string>{"linux/*", "!linux/arm"});
    CHECK(table.settings.environment.at("GOEXPERIMENT") == "rangefunc");
    CHECK(table.settings.variables.at("main.commit") == "{commit}");
    CHECK(table.timeout == std::chrono::seconds{90});
    CHECK(table.jobs == 2);
    CHECK(table.generates);
    CHECK(table.universal);
    CHECK(table.policy.glibc_max == "2.28");
    CHECK(table.policy.subsystem == Subsystem::gui);
    CHECK(table.policy.levels.at("builder-path") == Level::error);
    CHECK(table.hooks.before == std::vector<std::string>{"make assets"});
    REQUIRE(table.builds.size() == 1);
    CHECK(table.builds[0].first == "cli");
}

TEST_CASE("the most specific table of a target comes last, so that it has the last word") {
    const CrossTable table = read(R"(
[cross.target]
"linux/amd64/v3" = {}
"linux/amd64" = {}
"*/amd64" = {}
"*/*" = {}
)");
    std::vector<std::string> patterns;
    for (const auto& [pattern, settings] : table.targets) patterns.push_back(pattern);
    CHECK(patterns == std::vector<std::string>{"*/*", "*/amd64", "linux/amd64", "linux/amd64/v3"});
}

TEST_CASE("what is wrong is named with its place") {
    CHECK(refusal("[cross]\ntarget = 1\n").find("target is not a table of tables") !=
          std::string::npos);
    CHECK(refusal("[cross]\ntragets = []\n").starts_with("/p/.gotoolchain.toml:2:1: "));
    CHECK(refusal("[cross]\nenv = { GOOS = \"linux\" }\n").find("GOOS") != std::string::npos);
    CHECK(refusal("[cross]\nenv = { GOPROXY = \"off\" }\n").find("for the user to say") !=
          std::string::npos);
    CHECK(refusal("[cross.target.\"@all\"]\n").find("a pattern such as") != std::string::npos);
    CHECK(refusal("[[cross.build]]\nid = \"a\"\n[[cross.build]]\nid = \"a\"\n")
              .find("two builds with one id") != std::string::npos);
    CHECK(refusal("[cross]\ntimeout = \"soon\"\n").find("timeout") != std::string::npos);
    CHECK(refusal("[[cross.build]]\npackage = \".\"\n").find("without id") != std::string::npos);
    CHECK(refusal("[cross.verify]\nlevels = { size = \"loud\" }\n").find("levels") !=
          std::string::npos);
}

TEST_CASE("settings take what others say over them") {
    BuildSettings settings{.tags = std::vector<std::string>{"a"}, .variables = {{"x", "1"}}};
    settings.apply({.ldflags = std::vector<std::string>{"-s"}, .variables = {{"y", "2"}}});
    CHECK(settings.tags->at(0) == "a");
    CHECK(settings.ldflags->at(0) == "-s");
    CHECK(settings.variables.size() == 2);
}

TEST_CASE("a time has a unit") {
    CHECK(parse_duration("10m") == std::chrono::seconds{600});
    CHECK(parse_duration("2h") == std::chrono::seconds{7200});
    for (const char* text : {"", "10", "m", "-1s", "0s", "1d", "1s2"})
        CHECK_FALSE(parse_duration(text));
}
