// SPDX-License-Identifier: Apache-2.0
#include "cross/linker_flags.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

constexpr std::string_view blanks = " \t\r\n";

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
        if (text.empty()) return words;
        const bool is_quoted = text[0] == '\'' || text[0] == '"';
        const auto end = is_quoted ? text.find(text[0], 1) : text.find_first_of(blanks);
        const auto from = is_quoted ? std::size_t{1} : std::size_t{0};
        words.emplace_back(text.substr(from, end == std::string_view::npos ? end : end - from));
        text.remove_prefix(std::min(end, text.size() - 1) + 1);
    }
}

std::string quoted_word(const std::string& word) {
    const bool needs_none = !word.empty() && word.find_first_of(blanks) == std::string::npos &&
                            word[0] != '\'' && word[0] != '"';
    if (needs_none) return word;
    const char quote = word.find('\'') == std::string::npos ? '\'' : '"';
    if (word.find(quote) != std::string::npos)
        throw base::Error{base::format("{}: with blanks it cannot hold both kinds of quotes",
                                       base::printable(word)),
                          {},
                          base::ExitCode::usage};
    return quote + word + quote;
}

std::string linker_flags(const std::vector<std::string>& flags,
                         const std::vector<std::pair<std::string, std::string>>& variables) {
    std::string text = base::joined(flags, " ");
    for (const auto& [name, value] : variables) {
        if (!text.empty()) text += ' ';
        text += "-X " + quoted_word(name + "=" + value);
    }
    return text;
}

}  // namespace gov::cross
