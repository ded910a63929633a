// SPDX-License-Identifier: Apache-2.0
#include "project/go_mod.hpp"

#include "base/error.hpp"
#include "base/file.hpp"

namespace gov::project {

namespace fs = std::filesystem;
using toolchain::GoVersion;

namespace {

constexpr std::size_t size_limit = 16 * 1024 * 1024;
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

std::optional<GoVersion> go_line(std::string_view text) {
    while (!text.empty()) {
        const std::string_view row = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(row.size() + 1, text.size()));
        std::string_view line = trimmed(row);
        if (!line.starts_with("go ") && !line.starts_with("go\t")) continue;
        line = trimmed(line.substr(2, line.find("//") - 2));
        return GoVersion::parse_as_go(line);
    }
    return std::nullopt;
}

std::optional<Floor> read_floor(const fs::path& path) {
    try {
        const auto text = base::read_file(path, size_limit);
        auto version = text ? go_line(*text) : std::nullopt;
        if (version) return Floor{std::move(*version), path};
    } catch (const base::Error&) {  // go itself says what is wrong with the file
    }
    return std::nullopt;
}

}  // namespace gov::project
