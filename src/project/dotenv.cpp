// SPDX-License-Identifier: Apache-2.0
#include "project/dotenv.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/variable_rules.hpp"

#include <algorithm>

namespace gov::project {

namespace {

constexpr std::string_view blanks = " \t";

class Reader {
public:
    Reader(const std::filesystem::path& path, std::string_view text) : path_{path}, text_{text} {}

    std::vector<DotenvVariable> variables();

private:
    [[noreturn]] void refuse(std::size_t line, std::string_view what,
                             const std::string& hint) const {
        throw base::Error{base::format("{}:{}: {}", base::printable(path_.native()), line, what),
                          hint, base::ExitCode::usage};
    }

    bool at_end() const { return at_ == text_.size(); }
    char peek() const { return at_end() ? '\n' : text_[at_]; }
    bool at_line_end() const {
        return peek() == '\n' || text_.substr(at_, 2) == "\r\n" || text_.substr(at_) == "\r";
    }

    void skip_blanks() {
        while (blanks.find(peek()) != std::string_view::npos) ++at_;
    }

    // What is left of the line has to be blank or a comment; goes to the next one.
    void finish_line() {
        skip_blanks();
        if (!at_line_end() && peek() != '#')
            refuse(line_, "something follows the closing quote",
                   "put the whole value between the quotes");
        skip_line();
    }

    void skip_line() {
        at_ = std::min(text_.find('\n', at_), text_.size());
        if (!at_end()) ++at_;
        ++line_;
    }

    std::string name();
    std::string value();
    std::string plain_value();
    std::string quoted_value(char quote);
    char escaped();

    const std::filesystem::path& path_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

std::string Reader::name() {
    const auto word = [&] {
        const std::size_t end = std::min(text_.find_first_of("= \t\r\n", at_), text_.size());
        const std::string_view found = text_.substr(at_, end - at_);
        at_ = end;
        return found;
    };
    std::string_view found = word();
    skip_blanks();
    if (found == "export" && peek() != '=') {
        found = word();
        skip_blanks();
    }
    if (peek() != '=' || at_end())
        refuse(line_, "there is no NAME=VALUE on this line",
               "lines are NAME=VALUE, comments start with #");
    ++at_;
    if (!is_variable_name(found))
        refuse(line_,
               base::format("\"{}\" is no variable's name", base::printable(found.substr(0, 64))),
               "names consist of letters, digits and _");
    return std::string{found};
}

std::string Reader::plain_value() {
    const std::size_t begin = at_;
    std::size_t end = at_;  // without the blanks before a comment or the line's end
    while (!at_line_end()) {
        const bool blank = blanks.find(peek()) != std::string_view::npos;
        if (peek() == '#' && end < at_) break;
        ++at_;
        if (!blank) end = at_;
    }
    return std::string{text_.substr(begin, end - begin)};
}

char Reader::escaped() {
    switch (const char c = peek()) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case '"':
        case '\\':
        case '$':
            return c;
        default:
            refuse(line_, "this backslash escapes nothing",
                   "between double quotes there are \\n \\r \\t \\\" \\\\ and \\$");
    }
}

std::string Reader::quoted_value(char quote) {
    const std::size_t first_line = line_;
    std::string value;
    for (++at_; !at_end() && peek() != quote; ++at_) {
        if (peek() == '\n') ++line_;
        if (quote == '"' && peek() == '\\') {
            ++at_;
            value += escaped();
        } else {
            value += peek();
        }
    }
    if (at_end()) refuse(first_line, "the quote is never closed", "close it, or leave it out");
    ++at_;
    return value;
}

std::string Reader::value() {
    skip_blanks();
    if (peek() == '#' && text_[at_ - 1] != '=') return {};
    if (peek() == '\'' || peek() == '"') return quoted_value(peek());
    return plain_value();
}

std::vector<DotenvVariable> Reader::variables() {
    if (const auto nul = text_.find('\0'); nul != std::string_view::npos)
        refuse(1 + static_cast<std::size_t>(std::ranges::count(text_.substr(0, nul), '\n')),
               "there is a NUL", "this is no text file");
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    std::vector<DotenvVariable> found;
    while (!at_end()) {
        skip_blanks();
        if (at_line_end() || peek() == '#') {
            skip_line();
            continue;
        }
        const std::size_t line = line_;
        std::string variable = name();
        std::string content = value();
        finish_line();
        std::erase_if(found, [&](const DotenvVariable& old) { return old.name == variable; });
        found.push_back({std::move(variable), std::move(content), line});
    }
    return found;
}

}  // namespace

std::vector<DotenvVariable> parse_dotenv(const std::filesystem::path& path, std::string_view text) {
    return Reader{path, text}.variables();
}

}  // namespace gov::project
