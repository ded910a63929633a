// SPDX-License-Identifier: Apache-2.0
#pragma once
// fnv1a(): a short name for a text, without a library.

#include <cstdint>
#include <string_view>

namespace gov::base {

// FNV-1a, 64 bits: enough to tell a user's own things apart, and nothing that proves anything.
constexpr std::uint64_t fnv1a(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

}  // namespace gov::base
