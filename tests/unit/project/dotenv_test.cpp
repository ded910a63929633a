// SPDX-License-Identifier: Apache-2.0
#include "project/dotenv.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

// What the one line of `text` sets A to.
std::string a_of(std::string_view text) {
    const auto variables = parse_dotenv("/p/.env", text);
    REQUIRE(variables.size() == 1);
    CHECK(variables[0].name == "A");
    return variables[0].value;
}

}  // namespace

TEST_CASE("a plain value ends with its line, without the blanks around it") {
    CHECK(a_of("A=b") == "b");
    CHECK(a_of("  A =  b c\t \r\n") == "b c");
    CHECK(a_of("export A=b\n") == "b");
    CHECK(a_of("export\tA=b\n") == "b");
    CHECK(a_of("A=") == "");
    CHECK(a_of("A=\r\n") == "");
    CHECK(a_of("A==b=\n") == "=b=");
    CHECK(a_of("A=it's \"so\"\n") == "it's \"so\"");
    CHECK(a_of("\xEF\xBB\xBF"
               "A=b") == "b");
}

TEST_CASE("a comment starts at a # that follows a blank or starts the line") {
    CHECK(a_of("# A=x\n  # y\nA=b # why\n") == "b");
    CHECK(a_of("A=b#c\n") == "b#c");
    CHECK(a_of("A=#b\n") == "#b");
    CHECK(a_of("A= # nothing\n") == "");
    CHECK(a_of("A='b' # why\n") == "b");
}

TEST_CASE("single quotes keep everything, double quotes know six escapes, both span lines") {
    CHECK(a_of("A='a \\n $B # \"'\n") == "a \\n $B # \"");
    CHECK(a_of("A='one\ntwo'\n") == "one\ntwo");
    CHECK(a_of("A=\"a\\n\\r\\t\\\"\\\\\\$ 'b' # c\"\n") == "a\n\r\t\"\\$ 'b' # c");
    CHECK(a_of("A=\"one\ntwo\"") == "one\ntwo");
    CHECK(a_of("A=''") == "");
}

TEST_CASE("nothing is expanded or run") {
    CHECK(a_of("A=$HOME ${HOME} $(id) `id` ~ *\n") == "$HOME ${HOME} $(id) `id` ~ *");
    CHECK(a_of("A=\"$HOME `id`\"\n") == "$HOME `id`");
    CHECK(a_of("A={project}\n") == "{project}");
}

TEST_CASE("variables stand in order, the last of a name counts, and lines are counted") {
    const auto variables = parse_dotenv("/p/.env", "A=1\n\nB='x\ny'\nC=2\nA=3\n");
    CHECK(variables == std::vector<DotenvVariable>{{"B", "x\ny", 3}, {"C", "2", 5}, {"A", "3", 6}});
    CHECK(parse_dotenv("/p/.env", "").empty());
    CHECK(parse_dotenv("/p/.env", "export_me=1\n")[0].name == "export_me");
    CHECK(parse_dotenv("/p/.env", "export=1\n")[0].name == "export");
}

TEST_CASE("what is no NAME=VALUE is refused with its line") {
    struct Bad {
        std::string text;
        const char* message;
    };
    for (const Bad& bad : {
             Bad{"A=1\nB\n", "/p/.env:2: there is no NAME=VALUE"},
             Bad{"A: 1\n", "/p/.env:1: there is no NAME=VALUE"},
             Bad{"export A\n", "/p/.env:1: there is no NAME=VALUE"},
             Bad{"=b\n", "/p/.env:1: \"\" is no variable's name"},
             Bad{"1A=b\n", "/p/.env:1: \"1A\" is no variable's name"},
             Bad{"A;id=b\n", "/p/.env:1: \"A;id\" is no variable's name"},
             Bad{"\x1b[2J=b\n", "/p/.env:1: \"\\x1b[2J\" is no variable's name"},
             Bad{"A='b' c\n", "/p/.env:1: something follows the closing quote"},
             Bad{"A='x\ny'z\n", "/p/.env:2: something follows the closing quote"},
             Bad{"A=1\nB='x\n\n", "/p/.env:2: the quote is never closed"},
             Bad{"A=\"\\x41\"\n", "/p/.env:1: this backslash escapes nothing"},
             Bad{"A=\"b\\", "/p/.env:1: this backslash escapes nothing"},
             Bad{std::string("A=1\nB=\0\n", 8), "/p/.env:2: there is a NUL"},
         }) {
        CAPTURE(bad.text);
        const auto failure = failure_of([&] { parse_dotenv("/p/.env", bad.text); });
        CHECK(failure.code == ExitCode::usage);
        CAPTURE(failure.message);
        CHECK(failure.message.starts_with(bad.message));
        CHECK_FALSE(failure.hint.empty());
    }
}
