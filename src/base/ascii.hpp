// SPDX-License-Identifier: Apache-2.0
#pragma once
// Letters as ASCII has them, whatever the locale.

#include <string>

namespace gov::base {

constexpr char lower_case(char letter) noexcept {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

inline std::string lower_case(std::string_view text) {
    std::string result{text};
    for (char& letter : result) letter = lower_case(letter);
    return result;
}

}  // namespace gov::base
