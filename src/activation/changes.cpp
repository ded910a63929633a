// SPDX-License-Identifier: Apache-2.0
#include "activation/changes.hpp"

namespace gov::activation {

std::vector<Setting> changes_of(const Plan& plan, const base::Environment& environment) {
    std::vector<Setting> changes = plan.changes;
    const auto after = applied(plan, environment);
    const auto path = after.get("PATH");
    if (path != environment.get("PATH"))
        changes.push_back({"PATH", path ? std::optional{std::string{*path}} : std::nullopt});
    return changes;
}

}  // namespace gov::activation
