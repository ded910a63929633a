// SPDX-License-Identifier: Apache-2.0
#pragma once
// specificity(): which of two patterns of targets says more.

#include <cstddef>
#include <string_view>
#include <utility>

namespace gov::cross {

// The greater the more a pattern says: the fewer stars it has, and then the more parts.
std::pair<std::ptrdiff_t, std::ptrdiff_t> specificity(std::string_view pattern);

}  // namespace gov::cross
