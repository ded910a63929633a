// SPDX-License-Identifier: Apache-2.0
#pragma once
// The answer to a hook: a verdict in a shell's own words.

#include "activation/plan.hpp"
#include "activation/shell_syntax.hpp"
#include "activation/verdict.hpp"
#include "base/environment.hpp"

#include <string>
#include <string_view>

namespace gov::activation {

// What the hook of `shell` evaluates to follow `verdict` from `environment` on, by `plan`, which
// leads from there to the verdict's goal. Evaluated, it changes nothing yet but defines
//   __gov_saw          the landmarks, as the hook itself lists them: "//path//path",
//   __gov_same_3       whether the verdict still holds, where the landmarks are the same,
//   __gov_can_enter_3  whether the variables are as they were when gov was asked,
//   __gov_enter_3      makes the changes, and sets __gov_note to the lines to be said and
//   GOV_PROMPT to
//                      what prompts may show,
//   __gov_can_leave_3  whether the variables are as __gov_enter_3 left them,
//   __gov_leave_3      takes the changes back,
// so that the hook can follow it again without asking. `number`, here 3, is the hook's own; without
// one the names end before the underscore. The last line is ": gov-end": a text without it is not
// whole.
std::string answer(const Verdict& verdict, const Plan& plan, const base::Environment& environment,
                   const ShellSyntax& shell, std::string_view number);

}  // namespace gov::activation
