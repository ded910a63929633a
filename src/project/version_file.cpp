// SPDX-License-Identifier: Apache-2.0
#include "project/version_file.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>

namespace gov::project {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::VersionSpec;

namespace {

constexpr std::string_view blanks = " \t\r";

// A line's words and where it stands.
struct Line {
    std::size_t number = 0;  // from 1
    std::string_view text;   // without its comment and the blanks around it
    std::size_t column = 1;
};

// Takes the next line that says something off `rest`; nullopt at the end.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_{text} {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
    }

    std::optional<Line> next() {
        while (!rest_.empty()) {
            const std::string_view row = rest_.substr(0, rest_.find('\n'));
            rest_.remove_prefix(std::min(row.size() + 1, rest_.size()));
            ++number_;
            const std::string_view said = row.substr(0, row.find('#'));
            const auto first = said.find_first_not_of(blanks);
            if (first == std::string_view::npos) continue;
            const auto last = said.find_last_not_of(blanks);
            return Line{number_, said.substr(first, last - first + 1), first + 1};
        }
        return std::nullopt;
    }

private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

[[noreturn]] void refuse(const fs::path& path, std::size_t line, std::size_t column,
                         std::string_view what, const std::string& hint) {
    throw Error{base::format("{}:{}:{}: {}", base::printable(path.native()), line, column, what),
                hint, ExitCode::usage};
}

VersionSpec spec_in(const fs::path& path, const Line& line, std::string_view word) {
    const auto column = line.column + static_cast<std::size_t>(word.data() - line.text.data());
    try {
        auto spec = VersionSpec::require(word);
        if (word != "system") return spec;
    } catch (const Error& error) {
        refuse(path, line.number, column, error.what(), error.hint());
    }
    refuse(path, line.number, column, "\"system\" is no release of Go",
           "name a release; without this file whatever is on PATH serves");
}

// The words of a .tool-versions that gov cannot follow: another manager's own ways.
bool is_foreign(std::string_view word) {
    return word == "system" || word.starts_with("ref:") || word.starts_with("path:") ||
           word.starts_with("sub-");
}

std::string_view without_prefix(std::string_view word) {
    for (const std::string_view prefix : {"latest:", "prefix:"})
        if (word.starts_with(prefix)) return word.substr(prefix.size());
    return word;
}

std::string_view take_word(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(blanks));
    rest.remove_prefix(word.size());
    return word;
}

Pin pin_in(const fs::path& path, const Line& line, std::string_view versions) {
    Pin pin{{}, path, line.number};
    std::string_view foreign;
    for (auto word = take_word(versions); !word.empty(); word = take_word(versions)) {
        if (is_foreign(word))
            foreign = word;
        else
            pin.specs.push_back(spec_in(path, line, without_prefix(word)));
    }
    if (!pin.specs.empty()) return pin;
    refuse(path, line.number, line.column,
           foreign.empty()
               ? std::string{"there is no version on this line"}
               : base::format("gov cannot follow \"{}\"", base::printable(foreign.substr(0, 64))),
           "name a release, as in: golang 1.22.6");
}

}  // namespace

Pin parse_version_file(const fs::path& path, std::string_view text) {
    Lines lines{text};
    const auto line = lines.next();
    if (!line)
        throw Error{base::format("{} holds no version", base::printable(path.native())),
                    "write one into it, as in: 1.22.6", ExitCode::usage};
    if (const auto second = lines.next())
        refuse(path, second->number, second->column, "this is a second version",
               "keep the one that counts");
    return Pin{{spec_in(path, *line, line->text)}, path, line->number};
}

std::optional<Pin> parse_tool_versions(const fs::path& path, std::string_view text) {
    Lines lines{text};
    while (const auto line = lines.next()) {
        std::string_view rest = line->text;
        const std::string_view tool = take_word(rest);
        if (tool == "golang" || tool == "go") return pin_in(path, *line, rest);
    }
    return std::nullopt;
}

}  // namespace gov::project
