// SPDX-License-Identifier: Apache-2.0
#include "toolchain/go_string.hpp"

#include <cstdint>

namespace gov::toolchain {

namespace {

void append_utf8(std::string& out, std::uint32_t rune) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | (rune >> shift & 0x3FU));
    };
    if (rune < 0x80) {
        out += static_cast<char>(rune);
    } else if (rune < 0x800) {
        out += static_cast<char>(0xC0U | rune >> 6U);
        tail(0);
    } else if (rune < 0x10000) {
        out += static_cast<char>(0xE0U | rune >> 12U);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | rune >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
}

// The number that exactly `count` digits of `base` at the front of `text` spell; takes them.
std::optional<std::uint32_t> take_digits(std::string_view& text, std::size_t count,
                                         std::uint32_t base) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() < count) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char digit =
            text[i] >= 'A' && text[i] <= 'F' ? static_cast<char>(text[i] + 32) : text[i];
        const auto place = digits.find(digit);
        if (place >= base) return std::nullopt;
        value = value * base + static_cast<std::uint32_t>(place);
    }
    text.remove_prefix(count);
    return value;
}

// Takes the escape sequence after a backslash; false where Go knows no such escape.
bool take_escape(std::string_view& text, std::string& out) {
    constexpr std::string_view letters = "abfnrtv\\\"";
    constexpr std::string_view values = "\a\b\f\n\r\t\v\\\"";
    if (text.empty()) return false;
    if (const auto place = letters.find(text[0]); place != std::string_view::npos) {
        out += values[place];
        text.remove_prefix(1);
        return true;
    }
    const char kind = text[0];
    if (kind == 'x' || kind == 'u' || kind == 'U') {
        text.remove_prefix(1);
        const auto rune = take_digits(text, kind == 'x' ? 2 : kind == 'u' ? 4 : 8, 16);
        if (!rune) return false;
        if (kind == 'x') {
            out += static_cast<char>(*rune);  // a byte, not a character
            return true;
        }
        if (*rune > 0x10FFFF || (*rune >= 0xD800 && *rune < 0xE000)) return false;
        append_utf8(out, *rune);
        return true;
    }
    const auto byte = take_digits(text, 3, 8);
    if (!byte || *byte > 0xFF) return false;
    out += static_cast<char>(*byte);
    return true;
}

std::optional<std::string> take_raw(std::string_view& text) {
    const auto end = text.find('`', 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string value{text.substr(1, end - 1)};
    std::erase(value, '\r');
    text.remove_prefix(end + 1);
    return value;
}

}  // namespace

std::optional<std::string> take_go_string(std::string_view& text) {
    if (text.starts_with('`')) return take_raw(text);
    if (!text.starts_with('"')) return std::nullopt;
    std::string value;
    std::string_view rest = text.substr(1);
    while (!rest.empty() && rest[0] != '\n') {
        const char next = rest[0];
        rest.remove_prefix(1);
        if (next == '"') {
            text = rest;
            return value;
        }
        if (next != '\\')
            value += next;
        else if (!take_escape(rest, value))
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace gov::toolchain
