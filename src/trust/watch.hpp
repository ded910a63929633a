// SPDX-License-Identifier: Apache-2.0
#pragma once
// Watch: whoever wants to know when an answer may become another one.

#include <filesystem>
#include <functional>

namespace gov::trust {

// Called with each file, there or not, that an answer depends on, before it is read.
using Watch = std::function<void(const std::filesystem::path&)>;

// For those who ask only once.
inline void watch_nothing(const std::filesystem::path& /*file*/) {}

}  // namespace gov::trust
