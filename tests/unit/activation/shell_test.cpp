// SPDX-License-Identifier: Apache-2.0
#include "activation/shell.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::ExitCode;
using gov::tests::failure_of;

// That real shells read these words back is what tests/shells tries, with thousands of them.

TEST_CASE("bash and zsh leave the quotes for each quote") {
    for (const char* name : {"bash", "zsh"}) {
        const Shell& shell = require_shell(name);
        CHECK(shell.quoted("") == "''");
        CHECK(shell.quoted("a b$(x)`y`\\\n!") == "'a b$(x)`y`\\\n!'");
        CHECK(shell.quoted("it's") == "'it'\\''s'");
        CHECK(shell.quoted("'") == "''\\'''");
    }
}

TEST_CASE("fish escapes quotes and backslashes inside the quotes") {
    const Shell& shell = require_shell("fish");
    CHECK(shell.quoted("a b$(x)\n") == "'a b$(x)\n'");
    CHECK(shell.quoted("\\'; touch PWN; \\'") == "'\\\\\\'; touch PWN; \\\\\\''");
}

TEST_CASE("not set is told from set to nothing") {
    CHECK(require_shell("bash").answers->has_value("GOROOT", std::nullopt) == "! ${GOROOT+x}");
    CHECK(require_shell("bash").answers->has_value("GOROOT", "") ==
          "${GOROOT+x} && ${GOROOT-} == ''");
    CHECK(require_shell("fish").answers->has_value("GOROOT", std::nullopt) == "not set -qg GOROOT");
}

TEST_CASE("a shell that gov does not know is refused, with the nearest that it knows") {
    const auto failure = failure_of([] { require_shell("bsah"); });
    CHECK(failure.code == ExitCode::usage);
    CHECK(failure.hint == "did you mean bash?");
    CHECK(failure_of([] { require_shell("rc"); }).hint ==
          "it knows bash, zsh, fish, elvish, nu, tcsh, pwsh, sh, direnv");
}

TEST_CASE("elvish doubles quotes, and spells bytes that are not UTF-8") {
    const Shell& shell = require_shell("elvish");
    CHECK(shell.quoted("x' ; touch PWN #") == "'x'' ; touch PWN #'");
    CHECK(shell.quoted("é\n") == "'é\n'");
    CHECK(shell.quoted("a\x80\"\\ b") == R"("a\x80\x22\x5c b")");
}

TEST_CASE("tcsh has history and newlines escaped between quotes") {
    const Shell& shell = require_shell("tcsh");
    CHECK(shell.quoted("a!b\n'$(x)`") == "'a\\!b\\\n'\\''$(x)`'");
}

// CodeGeneration.EscapeSingleQuotedStringContent of PowerShell: each character that its tokenizer
// takes for a single quote (about_Quoting_Rules; SpecialChars.QuoteSingleLeft and so on) is
// doubled.
TEST_CASE("PowerShell takes five characters for a quote, and nothing else is special") {
    const Shell& shell = require_shell("pwsh");
    CHECK(shell.quoted("it's") == "'it''s'");
    CHECK(shell.quoted("‘;x;’") == "'‘‘;x;’’'");
    CHECK(shell.quoted("‚‛") == "'‚‚‛‛'");
    CHECK(shell.quoted("$x `n $(x) \"\n“é") == "'$x `n $(x) \"\n“é'");
    CHECK(shell.quoted("\xe2\x80") == "'\xe2\x80'");
}

TEST_CASE("nushell escapes as little as it can") {
    const Shell& shell = require_shell("nu");
    CHECK(shell.quoted("a'\"\\\n\té$(x)") == R"text("a'\"\\\u{a}\u{9}é$(x)")text");
}

TEST_CASE("shells go by several names") {
    CHECK(require_shell("nushell").name == "nu");
    CHECK(require_shell("powershell").name == "pwsh");
    CHECK(require_shell("dash").name == "sh");
    CHECK(failure_of([] { require_shell(""); }).code == ExitCode::usage);
}

TEST_CASE("the hook starts gov by its path, whatever that is") {
    const std::string program = "/o'dd $(touch PWN)/gov";
    for (const Shell& shell : shells()) {
        if (shell.hook.empty()) continue;
        const std::string text = hook_text(shell, program);
        CHECK(text.find("@GOV@") == std::string::npos);
        CHECK(text.find(shell.quoted(program)) != std::string::npos);
    }
    CHECK(failure_of([] { hook_text(require_shell("sh"), "/gov"); }).code == ExitCode::usage);
}
