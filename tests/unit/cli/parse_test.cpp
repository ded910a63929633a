// SPDX-License-Identifier: Apache-2.0
#include "cli/parse.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <array>

using gov::base::ExitCode;
using gov::cli::parse;
using gov::commands::Arguments;
using gov::commands::Command;
using gov::commands::Option;
using gov::commands::Topic;
using gov::tests::Failure;
using gov::tests::failure_of;

namespace {

constexpr std::array options{
    Option{.name = "json", .value = {}, .help = "print JSON"},
    Option{.name = "output", .value = "DIR", .help = "where to", .letter = 'o'},
};

constexpr Command build{.name = "build",
                        .topic = Topic::running,
                        .summary = "make it",
                        .words = "[TARGET]...",
                        .most_words = 2,
                        .options = options};
constexpr Command exec{.name = "exec",
                       .topic = Topic::running,
                       .summary = "run it",
                       .words = "[VERSION] -- CMD",
                       .most_words = 1,
                       .takes_rest = true};
constexpr Command need{.name = "need",
                       .topic = Topic::running,
                       .summary = "need it",
                       .words = "WORD",
                       .fewest_words = 1,
                       .most_words = 1};

using Words = std::vector<std::string_view>;
using Strings = std::vector<std::string>;

Failure failure_for(const Command& command, const Words& words) {
    const Failure failure = failure_of([&] { parse(command, words); });
    CHECK(failure.code == ExitCode::usage);
    CHECK(failure.message.starts_with("gov " + std::string{command.name} + ": "));
    return failure;
}

}  // namespace

TEST_CASE("words and options may stand in any order") {
    for (const Words& words :
         {Words{"a", "--json", "-o", "d", "b"}, Words{"--json", "-od", "a", "b"},
          Words{"--output=d", "a", "b", "--json"}, Words{"a", "b", "--output", "d", "--json"}}) {
        const Arguments arguments = parse(build, words);
        CHECK(arguments.words == Strings{"a", "b"});
        CHECK(arguments.has("json"));
        CHECK(arguments.value("output") == "d");
        CHECK_FALSE(arguments.rest);
    }
}

TEST_CASE("an option takes one value, and the last one counts") {
    const Arguments arguments = parse(build, Words{"-o", "d", "a", "--output", "e"});
    CHECK(arguments.words == Strings{"a"});
    CHECK(arguments.value("output") == "e");
}

TEST_CASE("a value may be anything but nothing") {
    CHECK(failure_for(build, {"--output=", "a"}).message == "gov build: --output= has no value");
    CHECK(parse(build, Words{"--output=a="}).value("output") == "a=");
    CHECK(parse(build, Words{"--output=-x"}).value("output") == "-x");
    CHECK(failure_for(build, {"--output"}).message.find("output") != std::string::npos);
}

TEST_CASE("nothing after -- is an option of gov's") {
    const Arguments arguments = parse(exec, Words{"1.22.6", "--", "go", "--json", "--", "-x"});
    CHECK(arguments.words == Strings{"1.22.6"});
    REQUIRE(arguments.rest);
    CHECK(*arguments.rest == Strings{"go", "--json", "--", "-x"});
    CHECK(parse(exec, Words{"--"}).rest == Strings{});
    CHECK_FALSE(parse(exec, Words{}).rest);
    CHECK(failure_for(build, {"--", "a"}).message.find("\"--\"") != std::string::npos);
}

TEST_CASE("an unknown option is named, with what was probably meant") {
    const Failure near = failure_for(build, {"--jsno"});
    CHECK(near.message == "gov build: there is no option --jsno");
    CHECK(near.hint == "did you mean --json?");
    CHECK(failure_for(build, {"--frobnicate"}).hint == "usage: gov build [OPTION]... [TARGET]...");
    CHECK(failure_for(build, {"-x"}).message == "gov build: there is no option -x");
    CHECK(failure_for(build, {"--\x1b[2J"}).message == "gov build: there is no option --\\x1b[2J");
    CHECK(failure_for(need, {"--json", "a"}).message == "gov need: there is no option --json");
}

TEST_CASE("a flag takes no value") {
    failure_for(build, {"--json=yes"});
    failure_for(build, {"--json=false"});
}

TEST_CASE("too few and too many words are usage errors") {
    CHECK(failure_for(need, {}).hint == "usage: gov need WORD; see gov help need");
    CHECK(failure_for(build, {"a", "b", "c\n"}).message == "gov build: one word too many: c\\x0a");
}

TEST_CASE("a lone dash and an empty word are words") {
    CHECK(parse(build, Words{"-", ""}).words == Strings{"-", ""});
}
