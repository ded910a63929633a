// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where Go's own settings stand beside the user's.

#include "base/environment.hpp"
#include "store/places.hpp"

#include <filesystem>
#include <vector>

namespace gov::store {

// The GOROOTs whose go.env may have Go's own settings for this user, in the order in which they
// count: of the go on PATH, then of what is installed.
std::vector<std::filesystem::path> goroots_with_settings(const base::Environment& environment,
                                                         const Places& places);

}  // namespace gov::store
