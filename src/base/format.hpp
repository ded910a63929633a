// SPDX-License-Identifier: Apache-2.0
#pragma once
// format(): text from a format string checked at compile time. fmt behind one file.

#include <fmt/core.h>

#include <string>

namespace gov::base {

std::string formatted(fmt::string_view pattern, fmt::format_args arguments);

template <class... Arguments>
std::string format(fmt::format_string<Arguments...> pattern, Arguments&&... arguments) {
    return formatted(pattern, fmt::make_format_args(arguments...));
}

}  // namespace gov::base
