// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/finding.hpp"

#include <algorithm>

namespace gov::cross {

Level worst_of(const Findings& findings) noexcept {
    Level worst = Level::note;
    for (const Finding& finding : findings) worst = std::max(worst, finding.level);
    return worst;
}

std::string_view name_of(Level level) noexcept {
    switch (level) {
        case Level::note:
            return "note";
        case Level::warning:
            return "warning";
        case Level::error:
            return "error";
    }
    return {};
}

}  // namespace gov::cross
