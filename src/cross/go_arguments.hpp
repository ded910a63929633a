// SPDX-License-Identifier: Apache-2.0
#pragma once
// go_arguments(): the words of go build, from how a program is to be built.

#include "cross/cross_table.hpp"

#include <string>
#include <utility>
#include <vector>

namespace gov::cross {

// "build", "-trimpath", …; without -o, and what follows it. `stamp` is the flag of VcsStamp, and
// `variables` are what the linker is to set. Throws Error as linker_flags() does.
std::vector<std::string> go_arguments(
    const BuildSettings& settings, const std::string& stamp,
    const std::vector<std::pair<std::string, std::string>>& variables);

}  // namespace gov::cross
