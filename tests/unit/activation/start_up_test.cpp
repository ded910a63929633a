// SPDX-License-Identifier: Apache-2.0
#include "activation/start_up.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::Environment;
using gov::tests::failure_of;

namespace {

StartUp of(std::string_view shell) {
    const Environment environment{{{"HOME", "/h"}, {"XDG_CONFIG_HOME", "/h/it's"}}};
    return StartUp::of(require_shell(shell), environment, gov::store::Places::of(environment));
}

}  // namespace

TEST_CASE("each shell sources gov's file from its own") {
    CHECK(of("bash").file == "/h/.bashrc");
    CHECK(of("bash").hook == "/h/it's/gov/hook.bash");
    CHECK(of("bash").statement ==
          "[ ! -r '/h/it'\\''s/gov/hook.bash' ] || . "
          "'/h/it'\\''s/gov/hook.bash'");
    CHECK(of("fish").statement ==
          "test -r '/h/it\\'s/gov/hook.fish'; and source '/h/it\\'s/gov/hook.fish'");
    CHECK(of("pwsh").statement ==
          "if (Test-Path -LiteralPath '/h/it''s/gov/hook.pwsh') "
          "{ . '/h/it''s/gov/hook.pwsh' }");
    CHECK(of("nu").hook == of("nu").file);
    CHECK(of("nu").statement.empty());
    CHECK(failure_of([] { of("sh"); }).code == gov::base::ExitCode::usage);
}

TEST_CASE("what was there before comes back byte for byte") {
    for (const char* text : {"", "a\n", "a", "\n", "a\n\n", "a\r\nb", "# gov setup: begun\n"}) {
        CAPTURE(text);
        const std::string with = with_hook_lines(text, "x");
        CHECK(with != text);
        CHECK(with_hook_lines(with, "x") == with);
        CHECK(without_hook_lines(with) == text);
        CHECK(without_hook_lines(with_hook_lines(with, "y")) == text);
        CHECK_FALSE(without_hook_lines(text).has_value());
    }
}

TEST_CASE("lines that were added later stay") {
    CHECK(without_hook_lines(with_hook_lines("a\n", "x") + "b\n") == "a\nb\n");
    CHECK(without_hook_lines(with_hook_lines("a", "x") + "b\n") == "a\nb\n");
    CHECK_FALSE(without_hook_lines("# gov setup: begin\nx\n").has_value());
}

TEST_CASE("a hook that stands there by hand is found") {
    CHECK(line_with_hook("a\n  eval \"$(gov hook bash)\"\n") == 2);
    CHECK(line_with_hook("# eval \"$(gov hook bash)\"\n") == 0);
    CHECK(line_with_hook(with_hook_lines("", "gov hook bash")) == 0);
    CHECK(line_with_hook("") == 0);
}
