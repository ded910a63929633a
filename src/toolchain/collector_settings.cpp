// SPDX-License-Identifier: Apache-2.0
#include "toolchain/collector_settings.hpp"

#include <algorithm>
#include <array>

namespace gov::toolchain {

namespace {

// A process of 3 GiB collects as it must: only compilers of huge packages and linkers get there.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> late_collection{
    {{"GOGC", "800"}, {"GOMEMLIMIT", "3GiB"}}};

}  // namespace

bool is_collector_setting(std::string_view name) noexcept {
    return std::ranges::any_of(late_collection,
                               [&](const auto& setting) { return setting.first == name; });
}

CollectorSettings collector_settings(const base::Environment& user) {
    CollectorSettings settings;
    for (const auto& [name, value] : late_collection)
        settings.emplace_back(name, user.non_empty(name).value_or(value));
    return settings;
}

}  // namespace gov::toolchain
