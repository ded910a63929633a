// SPDX-License-Identifier: Apache-2.0
#include "cross/release/checksum_check.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/text_lines.hpp"
#include "cross/go_build.hpp"
#include "cross/release/artifact_list.hpp"
#include "cross/release/publish.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view rule = "checksum";

struct Line {
    std::string digest;
    std::string name;
};

// "DIGEST  NAME" or "DIGEST *NAME", as sha256sum(1) writes it.
std::optional<Line> parse(std::string_view text) {
    constexpr std::size_t digits = 64;
    if (text.size() < digits + 3 || text[digits] != ' ' ||
        (text[digits + 1] != ' ' && text[digits + 1] != '*'))
        return std::nullopt;
    std::string digest{text.substr(0, digits)};
    if (digest.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
    return Line{std::move(digest), std::string{text.substr(digits + 2)}};
}

bool leads_out(const fs::path& name) {
    return name.is_absolute() || std::ranges::find(name, fs::path{".."}) != name.end();
}

std::optional<std::string> problem_with(const Line& line, const fs::path& folder) {
    if (leads_out(line.name)) return base::format("{} is not in its folder", line.name);
    std::error_code ignored;
    if (!fs::is_regular_file(folder / line.name, ignored))
        return base::format("{} is missing", line.name);
    const std::string found = digest_of(folder / line.name);
    if (found == line.digest) return std::nullopt;
    return base::format("{} has changed: it has the SHA-256 {}, and should have {}", line.name,
                        found, line.digest);
}

// What cannot be in the list, or is nobody's to publish.
bool needs_no_line(const std::string& name) {
    return name.starts_with('.') || name.starts_with(checksums_name) || name == artifact_list_name;
}

void find_unlisted(const fs::path& folder, const std::set<std::string>& listed,
                   Findings& findings) {
    std::set<std::string> unlisted;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder})
        if (const std::string name = entry.path().filename().native();
            entry.is_regular_file() && !needs_no_line(name) && !listed.contains(name))
            unlisted.insert(name);
    for (const std::string& name : unlisted)
        findings.push_back(
            {"unlisted", base::format("{} is not in {}", name, checksums_name), Level::warning});
}

}  // namespace

bool has_checksums(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / checksums_name, ignored);
}

Findings check_checksums(const fs::path& folder) {
    constexpr std::size_t size_limit = 16U << 20U;
    const std::string text = base::read_file(folder / checksums_name, size_limit).value_or("");
    Findings findings;
    std::set<std::string> listed;
    std::size_t number = 0;
    for (const std::string_view text_line : base::lines_of(text)) {
        ++number;
        const auto line = parse(text_line);
        if (!line) {
            findings.push_back({rule, base::format("line {} is not a SHA-256 and a name", number)});
            continue;
        }
        listed.insert(line->name);
        if (auto problem = problem_with(*line, folder))
            findings.push_back({rule, std::move(*problem)});
    }
    if (listed.empty() && findings.empty()) findings.push_back({rule, "it names no file"});
    if (findings.empty())
        findings.push_back(
            {rule, base::format("{} files are what it says", listed.size()), Level::note});
    find_unlisted(folder, listed, findings);
    return findings;
}

}  // namespace gov::cross
