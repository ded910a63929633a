// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gov::base {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t group_bytes = 3;  // that four characters of six bits each stand for

// The value of each character; 64 where it has none. A build's results come through here by the
// hundred megabytes, so that no character may be searched for.
constexpr std::array<std::uint8_t, 256> values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(64);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

// Appends what the whole groups of `text` stand for; false where one is none.
bool append_groups(std::string_view text, std::string& data) {
    std::size_t at = data.size();
    data.resize(at + text.size() / 4 * group_bytes);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t bits = 0;
        std::uint32_t wrong = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const std::uint32_t value = values[static_cast<unsigned char>(text[i + j])];
            wrong |= value;
            bits = bits << 6U | (value & 63U);
        }
        if (wrong > 63) return false;
        data[at++] = static_cast<char>(bits >> 16U & 0xffU);
        data[at++] = static_cast<char>(bits >> 8U & 0xffU);
        data[at++] = static_cast<char>(bits & 0xffU);
    }
    return true;
}

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
    data.reserve(text.size() / 4 * group_bytes);
    const std::size_t whole = text.size() - (padding == 0 ? 0 : 4);
    if (!append_groups(text.substr(0, whole), data)) return std::nullopt;
    if (padding == 0) return data;
    // What is left over of the last group must be as long as the padding says, and zero.
    std::uint32_t bits = 0;
    for (const char c : text.substr(whole, 4 - padding)) {
        const std::uint32_t value = values[static_cast<unsigned char>(c)];
        if (value > 63) return std::nullopt;
        bits = bits << 6U | value;
    }
    const auto spare = static_cast<unsigned>(2 * padding);
    if ((bits & ((1U << spare) - 1)) != 0) return std::nullopt;
    bits >>= spare;
    if (padding == 1) data += static_cast<char>(bits >> 8U & 0xffU);
    data += static_cast<char>(bits & 0xffU);
    return data;
}

}  // namespace gov::base
