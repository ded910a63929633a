// SPDX-License-Identifier: Apache-2.0
#include "activation/answer.hpp"

#include "activation/shell.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::Environment;

namespace {

std::string answer_in(std::string_view shell) {
    Verdict verdict;
    verdict.landmarks = {{Landmark::Kind::pin_file, "/it's/.gotoolchain.toml", {}},
                         {Landmark::Kind::go_mod, "/go.mod", {}}};
    verdict.goal = {{{"GOROOT", "/v"}}, {"/v/bin"}};
    verdict.note = "a note";
    verdict.conditions = {{Condition::Kind::unchanged, "/it's/.gotoolchain.toml", "/r"},
                          {Condition::Kind::executable, "/v/bin/go", {}}};
    const Environment environment{{{"PATH", "/usr/bin"}}};
    return answer(verdict, plan_to(verdict.goal, environment), environment,
                  *require_shell(shell).answers);
}

}  // namespace

TEST_CASE("the answer to bash") {
    CHECK(answer_in("bash") == R"(__gov_saw='//it'\''s/.gotoolchain.toml//go.mod'
__gov_note='a note'
GOV_PROMPT=''
__gov_same() {
[[ -e '/it'\''s/.gotoolchain.toml' ]] && [[ -e '/r' ]] && [[ ! '/it'\''s/.gotoolchain.toml' -nt '/r' ]] && [[ ! '/it'\''s/.gotoolchain.toml' -ot '/r' ]] && [[ -x '/v/bin/go' ]]
}
__gov_can_enter() {
[[ ! ${GOROOT+x} ]] && [[ ! ${GOV_STATE+x} ]]
}
__gov_enter() {
__gov_set GOROOT '/v'
__gov_set GOV_STATE '1;+/v/bin;GOROOT=/v<'
__gov_add '/v/bin'
}
__gov_can_leave() {
[[ ${GOROOT+x} && ${GOROOT-} == '/v' ]] && [[ ${GOV_STATE+x} && ${GOV_STATE-} == '1;+/v/bin;GOROOT=/v<' ]]
}
__gov_leave() {
__gov_unset GOROOT
__gov_unset GOV_STATE
__gov_drop '/v/bin'
}
: gov-end
)");
}

TEST_CASE("the answer to zsh is that to bash") {
    CHECK(answer_in("zsh") == answer_in("bash"));
}

TEST_CASE("the answer to fish") {
    CHECK(answer_in("fish") == R"(set -g __gov_saw '//it\'s/.gotoolchain.toml//go.mod'
set -g __gov_note 'a note'
set -g GOV_PROMPT ''
function __gov_same
test -e '/it\'s/.gotoolchain.toml'; and test -e '/r'; and test ! '/it\'s/.gotoolchain.toml' -nt '/r'; and test ! '/it\'s/.gotoolchain.toml' -ot '/r'; and test -x '/v/bin/go'
end
function __gov_can_enter
not set -qg GOROOT; and not set -qg GOV_STATE
end
function __gov_enter
__gov_set GOROOT '/v'
__gov_set GOV_STATE '1;+/v/bin;GOROOT=/v<'
__gov_add '/v/bin'
end
function __gov_can_leave
set -q GOROOT; and test "$GOROOT" = '/v'; and set -q GOV_STATE; and test "$GOV_STATE" = '1;+/v/bin;GOROOT=/v<'
end
function __gov_leave
__gov_unset GOROOT
__gov_unset GOV_STATE
__gov_drop '/v/bin'
end
: gov-end
)");
}

TEST_CASE("where nothing is to be done every function still has a body") {
    const Environment environment;
    for (const Shell& shell : shells()) {
        if (shell.answers == nullptr) continue;
        const std::string text = answer(Verdict{}, Plan{}, environment, *shell.answers);
        CHECK(text.find("() {\n}") == std::string::npos);
        CHECK(text.ends_with(": gov-end\n"));
    }
}
