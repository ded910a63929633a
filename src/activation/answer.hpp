// SPDX-License-Identifier: Apache-2.0
#pragma once
// The answer to a hook: a verdict in a shell's own words.

#include "activation/plan.hpp"
#include "activation/shell_syntax.hpp"
#include "activation/verdict.hpp"
#include "base/environment.hpp"

#include <string>

namespace gov::activation {

// What the hook of `shell` evaluates to follow `verdict` from `environment` on, by `plan`, which
// leads from there to the verdict's goal. Evaluated, it changes nothing yet but defines
//   __gov_saw        the landmarks, as the hook itself lists them: "//path//path",
//   __gov_note       what to say,
//   GOV_PROMPT       what prompts may show,
//   __gov_same       whether the verdict still holds,
//   __gov_can_enter  whether the variables are as they were when gov was asked,
//   __gov_enter      makes the changes,
//   __gov_can_leave  whether the variables are as __gov_enter left them,
//   __gov_leave      takes the changes back,
// so that the hook can keep the text and use it again without asking. The last line is
// ": gov-end": a text without it is not whole.
std::string answer(const Verdict& verdict, const Plan& plan, const base::Environment& environment,
                   const ShellSyntax& shell);

}  // namespace gov::activation
