// SPDX-License-Identifier: Apache-2.0
#pragma once
// check_rebuild(): whether the same sources give the same bytes elsewhere.

#include "cross/build.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

// Builds all of `request` once more: from a copy of the sources (of the whole repository where
// there is one) in another directory, with an empty build cache. Returns a line for each artifact
// of `outcomes`, which stand in `place`, that is not the same then, and where it differs; nothing
// where all are. Throws Error.
std::vector<std::string> check_rebuild(const PlanRequest& request, const BuildOptions& options,
                                       const std::vector<BuildOutcome>& outcomes,
                                       const std::filesystem::path& place);

}  // namespace gov::cross
