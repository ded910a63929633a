// SPDX-License-Identifier: Apache-2.0
#include "project/go_mod.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::project;
using gov::tests::Sandbox;

TEST_CASE("the go line of a go.mod is read as the go command reads it") {
    struct Line {
        const char* text;
        const char* number;  // empty: none
    };
    for (const Line& line : {
             Line{"module m\n\ngo 1.22.6\n", "1.22.6"},
             Line{"module m\r\n\r\ngo 1.22\r\n", "1.22"},
             Line{"\t go\t1.20 // why\nrequire x v1\n", "1.20"},
             Line{"go 1.23rc1", "1.23rc1"},
             Line{"go 1.22.6//tight", "1.22.6"},
             Line{"go 1.22\ngo 1.23\n", "1.22"},
             Line{"", ""},
             Line{"module go\n", ""},
             Line{"// go 1.22\ntoolchain go1.22.6\n", ""},
             Line{"gopher 1.22\n", ""},
             Line{"go\n", ""},
             Line{"go latest\n", ""},
             Line{"go 1.22 1.23\n", ""},
         }) {
        CAPTURE(std::string{line.text});
        const auto version = read_go_lines(line.text).go;
        CHECK((version ? version->number() : "") == line.number);
    }
}

TEST_CASE("a go line never holds a release's name") {
    CHECK_FALSE(read_go_lines("go go1.22.6\n").go);  // cmd/go: invalid go version
}

TEST_CASE("no module, no go line and no readable file are no floor") {
    const Sandbox sandbox;
    CHECK_FALSE(read_floor(sandbox.path() / "go.mod"));
    CHECK_FALSE(read_floor(sandbox.write("a/go.mod", "module a\n")));
    CHECK_FALSE(read_floor(sandbox.path()));
    CHECK(read_floor(sandbox.write("b/go.mod", "go 1.23\n"))->version.number() == "1.23");
}
