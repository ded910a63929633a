// SPDX-License-Identifier: Apache-2.0
#include "project/version_file.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

std::string specs_of(const Pin& pin) {
    std::string text;
    for (const auto& spec : pin.specs) text += (text.empty() ? "" : "|") + spec.text();
    return text;
}

std::string version_in(std::string_view text) {
    return specs_of(parse_version_file("/p/.go-version", text));
}

std::string tools_in(std::string_view text) {
    const auto pin = parse_tool_versions("/p/.tool-versions", text);
    return pin ? specs_of(*pin) : "none";
}

}  // namespace

TEST_CASE("a .go-version holds one version, with go or v or neither before it") {
    for (const char* text : {"1.22.6", "go1.22.6\n", "v1.22.6\r\n", "\uFEFF1.22.6\n",
                             "\n  1.22.6  \n\n", "# ours\n1.22.6 # for now\n"}) {
        CAPTURE(std::string{text});
        const Pin pin = parse_version_file("/p/.go-version", text);
        CHECK(pin.specs.at(0).exact()->name() == "go1.22.6");
    }
    CHECK(version_in("1.22\n") == "1.22");
    CHECK(version_in("stable\n") == "stable");
    CHECK(parse_version_file("/p/.go-version", "# a\n\n1.22\n").line == 3);
}

TEST_CASE("a .tool-versions may name several versions of golang or go") {
    CHECK(tools_in("nodejs 20\ngolang 1.22.6\n") == "1.22.6");
    CHECK(tools_in("go 1.22.6 1.21.1  # both\n") == "1.22.6|1.21.1");
    CHECK(tools_in("golang\t1.22.6\tsystem\r\n") == "1.22.6");
    CHECK(tools_in("golang latest:1.22\n") == "1.22");
    CHECK(tools_in("go prefix:1.20\n") == "1.20");
    CHECK(tools_in("golang latest") == "latest");
    CHECK(tools_in("golang path:/opt/go 1.22.6") == "1.22.6");
    CHECK(tools_in("golangci-lint 1.59.0\n# golang 1.22.6\n") == "none");
    CHECK(tools_in("") == "none");
}

TEST_CASE("what is wrong in a version file is said with its place") {
    struct Bad {
        const char* text;
        const char* message;
        const char* hint;
    };
    for (const Bad& bad : {
             Bad{"1.22.6.1\n", "/p/.go-version:1:1: \"1.22.6.1\" is not", "did you mean 1.22.6?"},
             Bad{"\n  GO1.22.6\n", "/p/.go-version:2:3: ", "did you mean 1.22.6?"},
             Bad{"", "/p/.go-version holds no version", "1.22.6"},
             Bad{"# 1.22.6\n", "/p/.go-version holds no version", "1.22.6"},
             Bad{"1.22.6\n1.21.1\n", "/p/.go-version:2:1: this is a second version", "keep"},
             Bad{"system\n", "\"system\" is no release of Go", "on PATH"},
             Bad{"1.22.6\x1b[2J\n", "\\x1b", "did you mean 1.22.6?"},
         }) {
        CAPTURE(std::string{bad.text});
        const auto failure = failure_of([&] { version_in(bad.text); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.find(bad.message) != std::string::npos);
        CHECK(failure.hint.find(bad.hint) != std::string::npos);
    }
    for (const char* text : {"golang", "go # none", "go system", "golang ref:master", "go 1.022"}) {
        CAPTURE(std::string{text});
        const auto failure = failure_of([&] { tools_in(text); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.starts_with("/p/.tool-versions:1:"));
    }
}
