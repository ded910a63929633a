// SPDX-License-Identifier: Apache-2.0
#include "base/printable.hpp"

#include "base/format.hpp"

#include <cstdint>

namespace gov::base {

namespace {

struct Character {
    char32_t code = 0;
    std::size_t length = 0;  // 0: the bytes are not UTF-8
};

bool is_continuation(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The character `text` starts with (RFC 3629: no overlong forms, no surrogates).
Character first_character(std::string_view text) noexcept {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    char32_t code = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[i])) return {};
        code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
    return {code, length};
}

bool is_invisible(char32_t code) noexcept {
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code == 0x061C;
}

bool is_control(char32_t code) noexcept {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = first_character(text).length;
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string printable(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const Character character = first_character(text);
        if (character.length == 0 || is_control(character.code)) {
            const std::size_t length = character.length == 0 ? 1 : character.length;
            for (const char byte : text.substr(0, length))
                safe += base::format("\\x{:02x}", static_cast<unsigned char>(byte));
            text.remove_prefix(length);
            continue;
        }
        if (is_invisible(character.code))
            safe += base::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(character.code));
        else
            safe += text.substr(0, character.length);
        text.remove_prefix(character.length);
    }
    return safe;
}

}  // namespace gov::base
