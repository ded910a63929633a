// SPDX-License-Identifier: Apache-2.0
#pragma once
// collector_settings(): how much garbage Go's compilers let stand where gov starts them.

#include "base/environment.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::toolchain {

// Variables of Go's runtime and their values. They are no settings of builds: no output and no key
// of Go's cache depends on them.
using CollectorSettings = std::vector<std::pair<std::string_view, std::string>>;

// Whether `name` is one of those variables.
bool is_collector_setting(std::string_view name) noexcept;

// What `user` has set, else values that trade memory for a good part of what a build takes.
CollectorSettings collector_settings(const base::Environment& user);

}  // namespace gov::toolchain
