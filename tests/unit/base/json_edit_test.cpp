// SPDX-License-Identifier: Apache-2.0
#include "base/json_edit.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <array>

using gov::base::ExitCode;
using gov::base::with_json_member;
using gov::tests::failure_of;

namespace {

constexpr std::array<std::string_view, 2> path{"go.tools", "go"};
constexpr std::array<std::string_view, 1> flat{"key"};

std::string edited(std::string_view text) {
    return with_json_member(text, path, "/new");
}

struct Edit {
    const char* before;
    const char* after;
};

}  // namespace

TEST_CASE("a value is replaced where it stands, and nothing else changes") {
    for (const Edit& edit : {
             Edit{R"({"go.tools": {"go": "/old"}})", R"({"go.tools": {"go": "/new"}})"},
             Edit{"{ // why\n\t\"a\" :1,/* x */\r\n \"go.tools\"\n:{\"go\":[1,{\"}\":2,},],},\n}// "
                  "end",
                  "{ // why\n\t\"a\" :1,/* x */\r\n \"go.tools\"\n:{\"go\":\"/new\",},\n}// end"},
             Edit{R"({"go.tools": {"go": null, "go": true}, "x": -1.5e3})",
                  R"({"go.tools": {"go": null, "go": "/new"}, "x": -1.5e3})"},
             Edit{R"({"go\u002etools": {"go": "a\"}"}})", R"({"go\u002etools": {"go": "/new"}})"},
         }) {
        CAPTURE(std::string{edit.before});
        CHECK(edited(edit.before) == edit.after);
        CHECK(edited(edit.after) == edit.after);
    }
}

TEST_CASE("a new member is laid out as those that are there") {
    for (const Edit& edit : {
             Edit{"", "{\n    \"go.tools\": {\n        \"go\": \"/new\"\n    }\n}\n"},
             Edit{"// mine",
                  "// mine\n{\n    \"go.tools\": {\n        \"go\": \"/new\"\n    }\n}\n"},
             Edit{"{}", "{\n    \"go.tools\": {\n        \"go\": \"/new\"\n    }\n}"},
             Edit{"{\n  \"a\": 1\n}\n",
                  "{\n  \"a\": 1,\n  \"go.tools\": {\n    \"go\": \"/new\"\n  }\n}\n"},
             Edit{"{\n\t\"a\": 1, // one\n}\n",
                  "{\n\t\"a\": 1, // one\n\t\"go.tools\": {\n\t\t\"go\": \"/new\"\n\t},\n}\n"},
             Edit{"{\n  \"a\": 1 /* one\n  more */ // last\n  // free\n}",
                  "{\n  \"a\": 1, /* one\n  more */ // last\n  \"go.tools\": {\n    \"go\": "
                  "\"/new\"\n  }\n"
                  "  // free\n}"},
             Edit{"{\r\n  \"a\": 1\r\n}\r\n",
                  "{\r\n  \"a\": 1,\r\n  \"go.tools\": {\r\n    \"go\": \"/new\"\r\n  }\r\n}\r\n"},
             Edit{"{\n  \"go.tools\": {\n    \"x\": 1\n  },\n  \"b\": 2\n}",
                  "{\n  \"go.tools\": {\n    \"x\": 1,\n    \"go\": \"/new\"\n  },\n  \"b\": 2\n}"},
             Edit{"{\n  \"go.tools\": {},\n  \"b\": 2\n}",
                  "{\n  \"go.tools\": {\n    \"go\": \"/new\"\n  },\n  \"b\": 2\n}"},
             Edit{"{\n  \"go.tools\": { // none\n  }\n}",
                  "{\n  \"go.tools\": {\n    \"go\": \"/new\" // none\n  }\n}"},
             Edit{R"({"go.tools": {"x": 1}})", R"({"go.tools": {"x": 1, "go": "/new"}})"},
             Edit{R"({"go.tools": {"x": 1,}})", R"({"go.tools": {"x": 1, "go": "/new",}})"},
         }) {
        CAPTURE(std::string{edit.before});
        CHECK(edited(edit.before) == edit.after);
        CHECK(edited(edit.after) == edit.after);
    }
}

TEST_CASE("what a value holds is escaped, and a byte order mark stays first") {
    CHECK(with_json_member("\xEF\xBB\xBF{}", flat, "a\"\\b\n") ==
          "\xEF\xBB\xBF{\n    \"key\": \"a\\\"\\\\b\\n\"\n}");
}

TEST_CASE("what cannot be read is refused with its place") {
    struct Bad {
        const char* text;
        const char* message;
    };
    for (const Bad& bad : {
             Bad{"{", "1:2: a \"}\" is missing"},
             Bad{"[]", "1:1: an object is expected here"},
             Bad{"{\n \"a\": 1 \"b\": 2}", "2:9: a comma is missing"},
             Bad{"{\"a\" 1}", "1:6: a colon is missing"},
             Bad{"{a: 1}", "1:2: a name or a string in quotes is expected here"},
             Bad{"{\"a\": nope}", "1:7: a value is expected here"},
             Bad{"{\"a\": }", "1:7: a value is expected here"},
             Bad{"{\"a\": \"x\n\"}", "1:7: this string has no end"},
             Bad{"{} /* ", "1:4: this comment has no end"},
             Bad{"{} / x", "1:4: this is no comment"},
             Bad{"{} {}", "1:4: there is more behind the end"},
             Bad{"{\"go.tools\": \"go\"}", "1:14: \"go.tools\" is not an object"},
             Bad{"{,}", "1:2: a name or a string in quotes is expected here"},
         }) {
        CAPTURE(std::string{bad.text});
        const auto failure = failure_of([&] { edited(bad.text); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message == bad.message);
    }
    CHECK(failure_of([&] { edited("{\"a\": " + std::string(100'000, '[')); }).message ==
          "1:39: this is nested too deeply");
}
