// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/line_pattern.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace gov::cross {

namespace {

constexpr auto nowhere = std::string_view::npos;

// Takes the text before the next name from `pattern`.
std::string_view take_text(std::string_view& pattern) {
    const std::string_view text = pattern.substr(0, pattern.find('{'));
    pattern.remove_prefix(text.size());
    return text;
}

// Takes the name in braces that `pattern` begins with.
std::string_view take_name(std::string_view& pattern) {
    const auto end = pattern.find('}');
    assert(pattern.starts_with('{') && end != nowhere);
    const std::string_view name = pattern.substr(1, end - 1);
    pattern.remove_prefix(end + 1);
    return name;
}

// What `line` has for the names of `pattern`, which begins with one; nullopt: it goes on otherwise.
std::optional<Captures> captures_in(std::string_view line, std::string_view pattern) {
    Captures captures;
    while (!pattern.empty()) {
        const std::string_view name = take_name(pattern);
        const std::string_view text = take_text(pattern);
        const auto known = std::ranges::find(captures, name, &Captures::value_type::first);
        const bool is_again = known != captures.end();
        const std::size_t length = is_again       ? known->second.size()
                                   : text.empty() ? line.size()
                                                  : line.find(text, 1);
        if (length == 0 || length > line.size()) return std::nullopt;
        if (is_again && !line.starts_with(known->second)) return std::nullopt;
        if (!is_again) captures.emplace_back(name, line.substr(0, length));
        line.remove_prefix(length);
        if (!line.starts_with(text)) return std::nullopt;
        line.remove_prefix(text.size());
    }
    return captures;
}

}  // namespace

std::optional<Captures> match_line(std::string_view line, std::string_view pattern) {
    const std::string_view start = take_text(pattern);
    for (auto at = line.find(start); at != nowhere; at = line.find(start, at + 1))
        if (auto captures = captures_in(line.substr(at + start.size()), pattern)) return captures;
    return std::nullopt;
}

}  // namespace gov::cross
