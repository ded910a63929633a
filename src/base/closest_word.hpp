// SPDX-License-Identifier: Apache-2.0
#pragma once
// closest_word(): what someone probably meant to type.

#include <optional>
#include <span>
#include <string_view>

namespace gov::base {

// The word of `candidates` that the fewest edits turn `word` into; nullopt if none is near.
std::optional<std::string_view> closest_word(std::string_view word,
                                             std::span<const std::string_view> candidates);

}  // namespace gov::base
