// SPDX-License-Identifier: Apache-2.0
#define FMT_HEADER_ONLY  // fmt's implementation is compiled here and nowhere else
#include "base/format.hpp"

#include <fmt/format.h>

// GCC 13 sees a bound exceeded in fmt 9's big numbers where none is.
#pragma GCC diagnostic ignored "-Warray-bounds"

namespace gov::base {

std::string formatted(fmt::string_view pattern, fmt::format_args arguments) {
    return fmt::vformat(pattern, arguments);
}

}  // namespace gov::base
