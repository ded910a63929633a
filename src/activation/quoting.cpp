// SPDX-License-Identifier: Apache-2.0
#include "activation/quoting.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"

#include <array>

namespace gov::activation {

namespace {

// `text` between single quotes; `escape` appends each of its characters as they are written there.
template <class Escape>
std::string between_quotes(std::string_view text, const Escape& escape) {
    std::string result = "'";
    for (const char c : text) escape(result, c);
    return result + "'";
}

bool is_printable_ascii(char c) noexcept {
    return c >= ' ' && c <= '~';
}

}  // namespace

// POSIX shells have no escapes inside single quotes: leave them for each quote.
std::string posix_quoted(std::string_view text) {
    return between_quotes(text, [](std::string& result, char c) {
        if (c == '\'')
            result += "'\\''";
        else
            result += c;
    });
}

// Inside fish's single quotes a backslash escapes itself and the quote, and nothing else.
std::string fish_quoted(std::string_view text) {
    return between_quotes(text, [](std::string& result, char c) {
        if (c == '\'' || c == '\\') result += '\\';
        result += c;
    });
}

std::string elvish_quoted(std::string_view text) {
    if (base::is_utf8(text))
        return between_quotes(text, [](std::string& result, char c) {
            result += c;
            if (c == '\'') result += c;
        });
    std::string result = "\"";
    for (const char c : text)
        if (is_printable_ascii(c) && c != '"' && c != '\\')
            result += c;
        else
            result += base::format("\\x{:02x}", static_cast<unsigned char>(c));
    return result + "\"";
}

std::string tcsh_quoted(std::string_view text) {
    return between_quotes(text, [](std::string& result, char c) {
        if (c == '\'')
            result += "'\\'";
        else if (c == '!' || c == '\n')
            result += '\\';
        result += c;
    });
}

std::string powershell_quoted(std::string_view text) {
    constexpr std::array<std::string_view, 5> quotes{"'", "\u2018", "\u2019", "\u201A", "\u201B"};
    std::string result = "'";
    while (!text.empty()) {
        std::size_t length = 1;
        for (const std::string_view quote : quotes) {
            if (!text.starts_with(quote)) continue;
            result += quote;
            length = quote.size();
        }
        result += text.substr(0, length);
        text.remove_prefix(length);
    }
    return result + "'";
}

std::string nushell_quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
            result += base::format("\\u{{{:x}}}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result + "\"";
}

}  // namespace gov::activation
