// SPDX-License-Identifier: Apache-2.0
#pragma once
// Overhead: what stands above the directories that the hooks look into and has a say all the same,
// or would have one if it came.

#include "activation/sight.hpp"

#include <string>
#include <vector>

namespace gov::activation {

struct Overhead {
    std::vector<Landmark> present;
    std::vector<std::string> absent;  // paths
};

// Nothing where no .gotoolchain.toml is in sight: there the hooks walk all the way up. Where it is
// in doubt whether a file has a say it is listed.
Overhead overhead(Sight& sight);

}  // namespace gov::activation
