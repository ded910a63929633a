// SPDX-License-Identifier: Apache-2.0
#pragma once
// Artifacts as JSON, for `gov cross inspect --json`.

#include "base/json.hpp"
#include "cross/artifact/artifact.hpp"

namespace gov::cross {

// An object of the artifact's facts; a fact that its format does not have is left out.
base::Json to_json(const Artifact& artifact);

}  // namespace gov::cross
