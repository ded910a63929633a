// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <algorithm>
#include <cstdint>

namespace gov::base {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t group_bytes = 3;  // that four characters of six bits each stand for

}  // namespace

std::string to_base64(Bytes data) {
    std::string text;
    text.reserve((data.size() + 2) / 3 * 4);
    for (; !data.empty(); data = data.subspan(std::min(data.size(), group_bytes))) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < group_bytes; ++i)
            bits = bits << 8U | (i < data.size() ? data[i] : 0U);
        for (std::size_t i = 0; i <= group_bytes; ++i)
            text += i <= data.size() ? alphabet[bits >> (18 - 6 * i) & 63U] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string data;
    std::uint32_t bits = 0;
    unsigned held = 0;  // of bits, not in data yet
    for (const char c : text.substr(0, text.size() - padding)) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        data += static_cast<char>(bits >> held & 0xffU);
    }
    // What is left over must be as long as the padding says, and zero.
    if (held != 2 * padding || (bits & ((1U << held) - 1)) != 0) return std::nullopt;
    return data;
}

}  // namespace gov::base
