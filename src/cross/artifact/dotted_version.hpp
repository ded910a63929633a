// SPDX-License-Identifier: Apache-2.0
#pragma once
// Versions of digits and dots, as glibc's and macOS's are: "2.17".

#include <string_view>

namespace gov::cross {

bool is_dotted_version(std::string_view text) noexcept;

// -1, 0 or 1 as the dotted numbers of `left` are below, equal to or above those of `right`. What is
// no number counts as 0.
int compare_dotted(std::string_view left, std::string_view right) noexcept;

}  // namespace gov::cross
