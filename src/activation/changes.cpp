// SPDX-License-Identifier: Apache-2.0
#include "activation/changes.hpp"

#include "activation/state.hpp"

namespace gov::activation {

std::vector<Setting> changes_of(const Plan& plan, const base::Environment& environment) {
    std::vector<Setting> changes = plan.changes;
    const auto after = applied(plan, environment);
    const auto path = after.get("PATH");
    if (path != environment.get("PATH"))
        changes.push_back({"PATH", path ? std::optional{std::string{*path}} : std::nullopt});
    return changes;
}

std::vector<Setting> final_changes_of(const Plan& plan, const base::Environment& environment) {
    std::vector<Setting> changes = changes_of(plan, environment);
    std::erase_if(changes, [](const Setting& setting) { return setting.name == state_variable; });
    if (environment.get(state_variable))
        changes.push_back({std::string{state_variable}, std::nullopt});
    return changes;
}

}  // namespace gov::activation
