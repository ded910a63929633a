// SPDX-License-Identifier: Apache-2.0
#pragma once
// Lines, fields and lists of words.

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gov::base {

// Takes what stands before the first `separator`, and that, from the front of `text`; all of it
// where there is none.
inline std::string_view take_field(std::string_view& text, char separator = '\t') {
    const auto end = std::min(text.find(separator), text.size());
    const std::string_view front = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return front;
}

// The lines of `text`, without what ends them.
inline std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) lines.push_back(take_field(text, '\n'));
    return lines;
}

// What stands between the separators in `text`, without what is empty: "a", "b" of "a,,b".
inline std::vector<std::string> words_between(char separator, std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty())
        if (const std::string_view word = take_field(text, separator); !word.empty())
            words.emplace_back(word);
    return words;
}

inline std::string joined(std::span<const std::string> words, std::string_view between) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += between;
        text += word;
    }
    return text;
}

}  // namespace gov::base
