// SPDX-License-Identifier: Apache-2.0
#include "project/tools_table.hpp"

#include "project/project_file.hpp"
#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

const std::string file = "/p/.gotoolchain.toml";

std::string added(std::string_view text, std::string_view name = "x") {
    return with_tool(file, text, {std::string{name}, "a.org/x", "v2.0.0", {}, {}});
}

}  // namespace

TEST_CASE("a tool is a name, a package and one version of its module") {
    const auto tools =
        parse_project_file(file,
                           "[tools]\ngopls = \"golang.org/x/tools/gopls@v0.16.2\"\n"
                           "\"a_b-c.d\" = \"a.org@v0.0.0-20240102030405-abcdefabcdef\"\n"
                           "old = \"a.org/v3/x@v3.0.0+incompatible\"\n")
            .tools;
    REQUIRE(tools.size() == 3);
    CHECK(tools[0].name == "a_b-c.d");
    CHECK(tools[1].package == "golang.org/x/tools/gopls");
    CHECK(tools[1].version == "v0.16.2");
    CHECK(tools[1].begin.line == 2);
    CHECK(tools[2].query() == "a.org/v3/x@v3.0.0+incompatible");
}

TEST_CASE("what is no tool is refused with its place and what to write") {
    struct Bad {
        const char* text;
        const char* message;
        const char* hint;
    };
    for (const Bad& bad : {
             Bad{"go = 1", ":2:1: \"go\" cannot be a tool's name", "is not go, gofmt or gov"},
             Bad{"\"../x\" = \"a.org/x@v1.0.0\"", ":2:1: \"../x\" cannot be", "letters"},
             Bad{"\"-x\" = \"a.org/x@v1.0.0\"", ":2:1: \"-x\" cannot be", "letters"},
             Bad{"x = 1", ":2:5: x must be a string", "x = \"golang.org/x/tools/gopls@v0.16.2\""},
             Bad{"x = \"a.org/x\"", ":2:5: \"a.org/x\" names no version", "gov tools add a.org/x"},
             Bad{"x = \"a.org/x@latest\"", ":2:5: \"a.org/x@latest\" does not name one version",
                 "gov tools add a.org/x takes the newest"},
             Bad{"x = \"a.org/x@1.2.3\"", ":2:5: \"a.org/x@1.2.3\" does not name",
                 "write a.org/x@v1.2.3"},
             Bad{"x = \"a.org/x@v1.2\"", ":2:5: \"a.org/x@v1.2\" does not name", "in full"},
             Bad{"x = \"a.org/x@v01.2.3\"", ":2:5: \"a.org/x@v01.2.3\" does not name", "in full"},
             Bad{"x = \"a.org/x@v1.2.3-\"", ":2:5: \"a.org/x@v1.2.3-\" does not name", "in full"},
             Bad{"x = \"a.org/x@v1.2.3 -x\"", ":2:5: \"a.org/x@v1.2.3 -x\" does not", "in full"},
             Bad{"x = \"./x@v1.2.3\"", ":2:5: \"./x@v1.2.3\" is no package of a module",
                 "named like"},
             Bad{"x = \"fmt@v1.2.3\"", ":2:5: \"fmt@v1.2.3\" is no package", "named like"},
             Bad{"x = \"-a.org/x@v1.2.3\"", ":2:5: \"-a.org/x@v1.2.3\" is no package",
                 "named like"},
             Bad{"x = \"a.org/../x@v1.2.3\"", ":2:5: \"a.org/../x@v1.2.3\" is no", "named like"},
             Bad{"x = \"a.org//x@v1.2.3\"", ":2:5: \"a.org//x@v1.2.3\" is no", "named like"},
         }) {
        CAPTURE(std::string{bad.text});
        const auto failure = failure_of(
            [&] { parse_project_file(file, "[tools]\n" + std::string{bad.text} + "\n"); });
        CHECK(failure.code == ExitCode::usage);
        CAPTURE(failure.message);
        CHECK(failure.message.starts_with(file + bad.message));
        CAPTURE(failure.hint);
        CHECK(failure.hint.find(bad.hint) != std::string::npos);
    }
}

TEST_CASE("a program is called by the last element that is no major version") {
    CHECK(program_of("golang.org/x/tools/gopls") == "gopls");
    CHECK(program_of("github.com/x/lint/v2") == "lint");
    CHECK(program_of("github.com/x/lint/v2/cmd/lint2") == "lint2");
    CHECK(program_of("github.com/x/v") == "v");
    CHECK(program_of("a.org") == "a.org");
}

TEST_CASE("a tool is written into its table, and the rest stays") {
    const std::string line = "x = \"a.org/x@v2.0.0\"\n";
    CHECK(added("") == "[tools]\n" + line);
    CHECK(added("go = \"1.22.6\" # why") == "go = \"1.22.6\" # why\n\n[tools]\n" + line);
    CHECK(added("[tools]") == "[tools]\n" + line);
    CHECK(added("[tools] # ours\n\n[env]\nA = \"b\"\n") ==
          "[tools] # ours\n" + line + "\n[env]\nA = \"b\"\n");
    CHECK(added("[tools]\nb = \"a.org/b@v1.0.0\" # b\na = \"a.org/a@v1.0.0\" # a\n\n[cross]\n") ==
          "[tools]\nb = \"a.org/b@v1.0.0\" # b\na = \"a.org/a@v1.0.0\" # a\n" + line +
              "\n[cross]\n");
    CHECK(added("[tools]\nx='a.org/x@v1.0.0'# mine") == "[tools]\nx=\"a.org/x@v2.0.0\"# mine");
    CHECK(added("[tools]\n", "x.y") == "[tools]\n\"x.y\" = \"a.org/x@v2.0.0\"\n");
    CHECK(failure_of([] { added("tools = {}\n"); }).code == ExitCode::usage);
}
