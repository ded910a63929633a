// SPDX-License-Identifier: Apache-2.0
#include "cross/specificity.hpp"

#include <algorithm>

namespace gov::cross {

std::pair<std::ptrdiff_t, std::ptrdiff_t> specificity(std::string_view pattern) {
    return {-std::count(pattern.begin(), pattern.end(), '*'),
            std::count(pattern.begin(), pattern.end(), '/')};
}

}  // namespace gov::cross
