// SPDX-License-Identifier: Apache-2.0
#pragma once
// provenance_of(): how the artifacts of a build came to be, as an in-toto statement.

#include "base/json.hpp"
#include "cross/build.hpp"

#include <string_view>
#include <vector>

namespace gov::cross {

// An in-toto Statement v1 with SLSA's provenance predicate v1 for all that were proved: which go
// command made each, from which commit and which modules. It is not signed, and has no time.
base::Json provenance_of(const Plan& plan, const std::vector<BuildOutcome>& outcomes,
                         std::string_view go_version);

}  // namespace gov::cross
