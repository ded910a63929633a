// SPDX-License-Identifier: Apache-2.0
#pragma once
// What gov current says, as JSON; gov-json(7) has the members.

#include "activation/explanation.hpp"
#include "activation/selection.hpp"
#include "base/json.hpp"

namespace gov::commands {

base::Json to_json(const activation::Selection& selection,
                   const std::optional<project::Floor>& missed);

base::Json to_json(const activation::Explanation& explanation);

}  // namespace gov::commands
