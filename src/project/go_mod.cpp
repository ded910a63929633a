// SPDX-License-Identifier: Apache-2.0
#include "project/go_mod.hpp"

#include "base/error.hpp"
#include "base/file.hpp"

namespace gov::project {

namespace fs = std::filesystem;
using toolchain::GoVersion;

namespace {

constexpr std::size_t size_limit = 16 * 1024 * 1024;
constexpr std::string_view blanks = " \t\r\v\f";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// What follows `key` and a blank on `line`, without a comment; nullopt where it does not start so.
std::optional<std::string_view> value_of(std::string_view line, std::string_view key) {
    if (!line.starts_with(key)) return std::nullopt;
    line.remove_prefix(key.size());
    if (line.empty() || (line[0] != ' ' && line[0] != '\t')) return std::nullopt;
    return trimmed(line.substr(0, line.find("//")));
}

}  // namespace

GoLines read_go_lines(std::string_view text) {
    GoLines lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view row = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(row.size() + 1, text.size()));
        const std::string_view line = trimmed(row);
        if (const auto go = value_of(line, "go"); go && lines.go_line == 0) {
            lines.go = GoVersion::parse_as_go(*go);
            lines.go_text = *go;
            lines.go_line = number;
        }
        if (const auto name = value_of(line, "toolchain"); name && lines.toolchain_line == 0) {
            lines.toolchain = *name;
            lines.toolchain_line = number;
        }
    }
    return lines;
}

std::optional<GoLines> read_go_lines_of(const fs::path& path) {
    const auto text = base::read_file(path, size_limit);
    return text ? std::optional{read_go_lines(*text)} : std::nullopt;
}

std::optional<Floor> read_floor(const fs::path& path) {
    try {
        auto lines = read_go_lines_of(path);
        if (lines && lines->go) return Floor{std::move(*lines->go), path};
    } catch (const base::Error&) {  // go itself says what is wrong with the file
    }
    return std::nullopt;
}

}  // namespace gov::project
