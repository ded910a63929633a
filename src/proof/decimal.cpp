// SPDX-License-Identifier: Apache-2.0
#include "proof/decimal.hpp"

#include <charconv>

namespace gov::proof {

std::optional<std::int64_t> parse_decimal(std::string_view text) noexcept {
    if (text.starts_with('-') || (text.starts_with('0') && text != "0")) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace gov::proof
