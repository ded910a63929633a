// SPDX-License-Identifier: Apache-2.0
#include "cross/go_source.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;

namespace {

bool settable(std::string_view source, std::string_view name = "version") {
    GoValues values;
    add_declarations(source, values);
    return is_settable(values, name);
}

}  // namespace

TEST_CASE("a string variable without a value, or with a constant one, can be set") {
    for (const char* source :
         {"package main\n\nvar version string\n", "package main\nvar version = \"dev\"\n",
          "var version string = \"a\" + `b`",
          "var (\n\t// The version.\n\tcommit, version string\n)",
          "var (\n\tdate = now()\n\tversion = \"x\" // set by -X\n)", "var a, version = 1, \"x\"",
          "const base = \"1\"\nvar version = base + \"-dev\"",
          "const (\n\ta = \"1\"\n\tb string = a\n)\n\nvar version = b\n",
          "var /* the */ version /* of it */ string",
          "func f() { var version int }\nvar version string",
          "var version = \"a\" +\n\t\"b\"\nvar other = 1",
          "type t struct {\n\tversion int\n}\n\nvar version string; var x int"}) {
        CAPTURE(source);
        CHECK(settable(source));
    }
}

TEST_CASE("anything else cannot, or would not keep the value") {
    for (const char* source : {"",
                               "package main\n\nfunc main() {}\n",
                               "const version = \"1\"",
                               "var version int",
                               "var version = 5",
                               "var version = compute()",
                               "var version string = compute(\"x\")",
                               "var version = other.Version",
                               "var version []string",
                               "var version *string",
                               "var version = []string{\"a\"}",
                               "func f() {\n\tvar version string\n}\n",
                               "// var version string\n",
                               "/*\nvar version string\n*/",
                               "const s = `\nvar version string\n`",
                               "var Version string",
                               "var version = other\nvar other = \"x\"",
                               "const a = b\nconst b = a\nvar version = a",
                               "var version = 'v'",
                               "func version() string { return \"\" }"}) {
        CAPTURE(source);
        CHECK_FALSE(settable(source));
    }
}

TEST_CASE("declarations of several files count together") {
    GoValues values;
    add_declarations("package main\nvar version = release\n", values);
    CHECK_FALSE(is_settable(values, "version"));
    add_declarations("package main\nconst release = \"1.0\"\n", values);
    CHECK(is_settable(values, "version"));
}

TEST_CASE("text that is no Go ends the reading, whatever it is") {
    const std::string source = "var ( version = \"a\" ; const x = 'a' ; `raw` /* c */ { [ ( ) ] }";
    for (std::size_t length = 0; length <= source.size(); ++length) {
        settable(source.substr(0, length));
        settable(source.substr(length));
    }
    CHECK_FALSE(settable("var ((((("));
    CHECK_FALSE(settable("var version = \"unended"));
}
