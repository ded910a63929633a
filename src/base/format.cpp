// SPDX-License-Identifier: Apache-2.0
#define FMT_HEADER_ONLY  // fmt's implementation is compiled here and nowhere else
#include "base/format.hpp"

#include <fmt/format.h>

namespace gov::base {

std::string formatted(fmt::string_view pattern, fmt::format_args arguments) {
    return fmt::vformat(pattern, arguments);
}

}  // namespace gov::base
