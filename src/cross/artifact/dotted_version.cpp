// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/dotted_version.hpp"

#include <algorithm>
#include <charconv>

namespace gov::cross {

namespace {

// Takes the number up to the next dot from the front of `text`.
unsigned take_number(std::string_view& text) noexcept {
    const std::string_view part = text.substr(0, text.find('.'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    unsigned number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    return number;
}

}  // namespace

bool is_dotted_version(std::string_view text) noexcept {
    bool after_digit = false;
    for (const char letter : text) {
        const bool is_digit = letter >= '0' && letter <= '9';
        if (!is_digit && (letter != '.' || !after_digit)) return false;
        after_digit = is_digit;
    }
    return after_digit && text.size() < 16;
}

int compare_dotted(std::string_view left, std::string_view right) noexcept {
    while (!left.empty() || !right.empty()) {
        const unsigned a = take_number(left);
        const unsigned b = take_number(right);
        if (a != b) return a < b ? -1 : 1;
    }
    return 0;
}

}  // namespace gov::cross
