// SPDX-License-Identifier: Apache-2.0
#pragma once
// The changes of a plan as variables and their new values, PATH among them.

#include "activation/plan.hpp"
#include "base/environment.hpp"

#include <vector>

namespace gov::activation {

// What `plan` makes different in `environment`.
std::vector<Setting> changes_of(const Plan& plan, const base::Environment& environment);

// The same without a way back: for what keeps the old values itself.
std::vector<Setting> final_changes_of(const Plan& plan, const base::Environment& environment);

}  // namespace gov::activation
