// SPDX-License-Identifier: Apache-2.0
#pragma once
// The stand-in: a directory whose go and gofmt are gov itself. First on PATH it keeps any other Go
// from building a project whose own is missing.

#include "base/environment.hpp"
#include "store/places.hpp"

#include <array>
#include <string_view>

namespace gov::activation {

// The tools that gov answers for when it is called by their name.
inline constexpr std::array<std::string_view, 2> shim_names{"go", "gofmt"};

// Makes $GOV_HOME/shims whole: a link to this program under each name. Throws Error.
void prepare_stand_in(const store::Places& places, const base::Environment& environment);

}  // namespace gov::activation
