// SPDX-License-Identifier: Apache-2.0
#pragma once
// parse_decimal(): the one spelling of a number that notes and records may use.

#include <cstdint>
#include <optional>
#include <string_view>

namespace gov::proof {

// The number from 0 to 2^63-1 that `text` spells without sign, white space or leading zero;
// nullopt for anything else. Stricter than Go, whose tlog.ParseRecord also takes "+5" and "007".
std::optional<std::int64_t> parse_decimal(std::string_view text) noexcept;

}  // namespace gov::proof
