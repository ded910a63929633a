// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is wrong in sight of a directory although it keeps nobody from choosing a version there.

#include "activation/sight.hpp"
#include "base/environment.hpp"

#include <string>
#include <vector>

namespace gov::activation {

// A line for each: links by a landmark's name that lead nowhere, which count as absent, and a
// GOWORK or go.work that the go command will fail to read, with what to do about it.
std::vector<std::string> unseen_troubles(const Sight& sight, const base::Environment& environment);

}  // namespace gov::activation
