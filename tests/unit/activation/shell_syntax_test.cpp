// SPDX-License-Identifier: Apache-2.0
#include "activation/shell_syntax.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::ExitCode;
using gov::tests::failure_of;

// That real shells read these words back is what tests/shells tries, with thousands of them.

TEST_CASE("bash and zsh leave the quotes for each quote") {
    for (const char* name : {"bash", "zsh"}) {
        const ShellSyntax& shell = require_shell(name);
        CHECK(shell.quoted("") == "''");
        CHECK(shell.quoted("a b$(x)`y`\\\n!") == "'a b$(x)`y`\\\n!'");
        CHECK(shell.quoted("it's") == "'it'\\''s'");
        CHECK(shell.quoted("'") == "''\\'''");
    }
}

TEST_CASE("fish escapes quotes and backslashes inside the quotes") {
    const ShellSyntax& shell = require_shell("fish");
    CHECK(shell.quoted("a b$(x)\n") == "'a b$(x)\n'");
    CHECK(shell.quoted("\\'; touch PWN; \\'") == "'\\\\\\'; touch PWN; \\\\\\''");
}

TEST_CASE("not set is told from set to nothing") {
    CHECK(require_shell("bash").has_value("GOROOT", std::nullopt) == "[[ ! ${GOROOT+x} ]]");
    CHECK(require_shell("bash").has_value("GOROOT", "") == "[[ ${GOROOT+x} && ${GOROOT-} == '' ]]");
    CHECK(require_shell("fish").has_value("GOROOT", std::nullopt) == "not set -qg GOROOT");
}

TEST_CASE("a shell without a hook is refused, with the nearest that has one") {
    const auto failure = failure_of([] { require_shell("bsah"); });
    CHECK(failure.code == ExitCode::usage);
    CHECK(failure.hint == "did you mean bash?");
    CHECK(failure_of([] { require_shell("tcsh-6.24"); }).hint ==
          "there are hooks for bash, zsh and fish");
}

TEST_CASE("the hook starts gov by its path, whatever that is") {
    const std::string program = "/o'dd $(touch PWN)/gov";
    for (const ShellSyntax& shell : shells()) {
        const std::string text = hook_text(shell, program);
        CHECK(text.find("@GOV@") == std::string::npos);
        CHECK(text.find(" " + shell.quoted(program) + "\n") +
                  text.find("=" + shell.quoted(program) + "\n") !=
              2 * std::string::npos);
    }
}
