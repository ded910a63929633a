// SPDX-License-Identifier: Apache-2.0
#include "cross/linker_flags.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::cross {

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += separator;
        text += word;
    }
    return text;
}

std::string linker_flags(const std::vector<std::string>& flags,
                         const std::vector<std::pair<std::string, std::string>>& variables) {
    std::string text = joined(flags, " ");
    for (const auto& [name, value] : variables) {
        const std::string setting = name + "=" + value;
        if (!text.empty()) text += ' ';
        // cmd/internal/quoted: a field may stand in either kind of quotes, and nothing escapes.
        const bool has_blank = value.find_first_of(" \t\r\n") != std::string::npos;
        const char quote = value.find('\'') == std::string::npos ? '\'' : '"';
        if (has_blank && value.find(quote) != std::string::npos)
            throw base::Error{base::format("a value of {} with blanks cannot hold both kinds of "
                                           "quotes",
                                           base::printable(name)),
                              {},
                              base::ExitCode::usage};
        text += has_blank ? base::format("-X {}{}{}", quote, setting, quote) : "-X " + setting;
    }
    return text;
}

}  // namespace gov::cross
