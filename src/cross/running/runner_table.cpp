// SPDX-License-Identifier: Apache-2.0
#include "cross/running/runner_table.hpp"

#include "cross/targets.hpp"

namespace gov::cross {

void TestSettings::apply(const TestSettings& over) {
    if (over.arguments) arguments = over.arguments;
    if (over.timeout) timeout = over.timeout;
    for (const auto& [name, value] : over.environment) environment.insert_or_assign(name, value);
}

TestSettings TestTable::settings_for(const Target& target) const {
    TestSettings result = settings;
    for (const auto& [pattern, own] : for_targets)
        if (matches(pattern, target)) result.apply(own);
    return result;
}

std::optional<ProjectRunner> TestTable::runner_for(const Target& target) const {
    std::optional<ProjectRunner> result;
    for (const auto& [pattern, runner] : runners)
        if (matches(pattern, target)) result = runner;
    return result;
}

}  // namespace gov::cross
