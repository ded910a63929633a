// SPDX-License-Identifier: Apache-2.0
#include "activation/answer.hpp"

#include "activation/shell.hpp"

#include <doctest/doctest.h>

#include <utility>

using namespace gov::activation;
using gov::base::Environment;

namespace {

std::string answer_in(std::string_view shell, std::string_view number = "3") {
    Verdict verdict;
    verdict.landmarks = {{Landmark::Kind::pin_file, "/it's/.gotoolchain.toml", {}},
                         {Landmark::Kind::go_mod, "/go.mod", {}}};
    verdict.goal = {{{"GOROOT", "/v"}}, {"/v/bin"}};
    verdict.note = "a note\nanother";
    verdict.conditions = {{Condition::Kind::same_time, "/it's/.gotoolchain.toml", "/r"},
                          {Condition::Kind::unchanged, "/go.work", "/s"},
                          {Condition::Kind::executable, "/v/bin/go", {}}};
    const Environment environment{{{"PATH", "/usr/bin"}}};
    return answer(verdict, plan_to(verdict.goal, environment), environment,
                  *require_shell(shell).answers, number);
}

}  // namespace

TEST_CASE("the answer to bash") {
    CHECK(answer_in("bash") == R"(__gov_saw='//it'\''s/.gotoolchain.toml//go.mod'
__gov_same_3() {
[[ ! '/it'\''s/.gotoolchain.toml' -nt '/r' && ! '/it'\''s/.gotoolchain.toml' -ot '/r' && -e '/go.work' && ! '/go.work' -nt '/s' && ! '/go.work' -ot '/s' && -x '/v/bin/go' ]]
}
__gov_can_enter_3() {
[[ ! ${GOROOT+x} && ! ${GOV_STATE+x} ]]
}
__gov_enter_3() {
__gov_note='a note
another'
GOV_PROMPT=''
__gov_set GOROOT '/v'
__gov_set GOV_STATE '1;+/v/bin;GOROOT=/v<'
__gov_add '/v/bin'
}
__gov_can_leave_3() {
[[ ${GOROOT+x} && ${GOROOT-} == '/v' && ${GOV_STATE+x} && ${GOV_STATE-} == '1;+/v/bin;GOROOT=/v<' ]]
}
__gov_leave_3() {
__gov_unset GOROOT
__gov_unset GOV_STATE
__gov_drop '/v/bin'
}
: gov-end
)");
}

TEST_CASE("to zsh a missing file is neither newer nor older, so that it is looked for as well") {
    std::string expected = answer_in("bash");
    for (const auto& [test, reference] :
         {std::pair{"! '/it'\\''s/.gotoolchain.toml' -nt", "-e '/r' && "},
          std::pair{"! '/go.work' -nt", "-e '/s' && "}})
        expected.insert(expected.find(test), reference);
    CHECK(answer_in("zsh") == expected);
}

TEST_CASE("the answer to fish") {
    CHECK(answer_in("fish") == R"(set -g __gov_saw '//it\'s/.gotoolchain.toml//go.mod'
function __gov_same_3
test ! '/it\'s/.gotoolchain.toml' -nt '/r'; and test ! '/it\'s/.gotoolchain.toml' -ot '/r'; and test -e '/go.work'; and test ! '/go.work' -nt '/s'; and test ! '/go.work' -ot '/s'; and test -x '/v/bin/go'
end
function __gov_can_enter_3
not set -qg GOROOT; and not set -qg GOV_STATE
end
function __gov_enter_3
set -g __gov_note 'a note
another'
set -g GOV_PROMPT ''
__gov_set GOROOT '/v'
__gov_set GOV_STATE '1;+/v/bin;GOROOT=/v<'
__gov_add '/v/bin'
end
function __gov_can_leave_3
set -q GOROOT; and test "$GOROOT" = '/v'; and set -q GOV_STATE; and test "$GOV_STATE" = '1;+/v/bin;GOROOT=/v<'
end
function __gov_leave_3
__gov_unset GOROOT
__gov_unset GOV_STATE
__gov_drop '/v/bin'
end
: gov-end
)");
}

TEST_CASE("without a number the functions have none") {
    CHECK(answer_in("bash", "").find("__gov_same() {\n") != std::string::npos);
}

TEST_CASE("where nothing is to be done every function still has a body") {
    const Environment environment;
    for (const Shell& shell : shells()) {
        if (shell.answers == nullptr) continue;
        const std::string text = answer(Verdict{}, Plan{}, environment, *shell.answers, "3");
        CHECK(text.find("() {\n}") == std::string::npos);
        CHECK(text.ends_with(": gov-end\n"));
    }
}
