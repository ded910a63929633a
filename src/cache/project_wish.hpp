// SPDX-License-Identifier: Apache-2.0
#pragma once
// ProjectWish: what a project's table [cross.cache] asks for.

#include <string>

namespace gov::cache {

// Empty: nothing.
struct ProjectWish {
    std::string remote = {};  // a base URL
    std::string mode = {};    // one of project::cache_modes
    std::string place = {};   // of it, for messages
};

}  // namespace gov::cache
