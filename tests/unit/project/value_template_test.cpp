// SPDX-License-Identifier: Apache-2.0
#include "project/value_template.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

std::optional<std::string> expanded(std::string_view text) {
    return ValueTemplate::parse(text).expand({"/p", "/g", "/h"});
}

}  // namespace

TEST_CASE("names in braces stand for directories and all else for itself") {
    CHECK(expanded("") == "");
    CHECK(expanded("plain $HOME `id` %s") == "plain $HOME `id` %s");
    CHECK(expanded("{project}/run:{goroot}/bin:{home}") == "/p/run:/g/bin:/h");
    CHECK(expanded("{project}{project}") == "/p/p");
    CHECK(expanded("{{project}} {{{project}}}") == "{project} {/p}");
    CHECK(expanded("{{\"a\":1}}") == "{\"a\":1}");
}

TEST_CASE("a value that needs a toolchain has none where there is no toolchain") {
    const TemplateValues values{"/p", std::nullopt, "/h"};
    CHECK(ValueTemplate::parse("{goroot}/x").expand(values) == std::nullopt);
    CHECK(ValueTemplate::parse("{project}").expand(values) == "/p");
}

TEST_CASE("what a directory's name holds is not expanded again") {
    CHECK(ValueTemplate::parse("{project}").expand({"/{home}", "/g", "/h"}) == "/{home}");
}

TEST_CASE("braces that mean nothing are refused") {
    struct Bad {
        std::string text;
        const char* message;
        const char* hint;
    };
    for (const Bad& bad : {
             Bad{"{projct}", "\"{projct}\" stands for nothing", "did you mean {project}?"},
             Bad{"{}", "\"{}\" stands for nothing", "{goroot}"},
             Bad{"{HOME}", "\"{HOME}\" stands for nothing", "{{ or }}"},
             Bad{"{project", "\"{\" stands alone", "{{"},
             Bad{"a}", "\"}\" stands alone", "}}"},
             Bad{"{{a}", "\"}\" stands alone", "}}"},
             Bad{"{\x1b}", "\"{\\x1b}\" stands for nothing", "{home}"},
             Bad{std::string("a\0b", 3), "a value cannot hold a NUL", "\\u0000"},
         }) {
        CAPTURE(bad.text);
        const auto failure = failure_of([&] { ValueTemplate::parse(bad.text); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message == bad.message);
        CHECK(failure.hint.find(bad.hint) != std::string::npos);
    }
}
