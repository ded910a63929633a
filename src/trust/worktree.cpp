// SPDX-License-Identifier: Apache-2.0
#include "trust/worktree.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "trust/owners.hpp"

#include <string>
#include <string_view>

namespace gov::trust {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t size_limit = 16 * 1024;

// The path that `file` holds on its one line, after `label`; relative ones start at the file's
// directory, without links. nullopt for everything else.
std::optional<fs::path> path_in(const fs::path& file, std::string_view label) {
    const auto text = base::read_file(file, size_limit);
    if (!text || !text->starts_with(label)) return std::nullopt;
    std::string_view line{*text};
    line.remove_prefix(label.size());
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.find_first_of({"\0\n", 2}) != std::string_view::npos)
        return std::nullopt;
    const fs::path path = file.parent_path() / line;
    std::error_code absent;
    fs::path directory = fs::canonical(path.parent_path(), absent);
    if (absent) return std::nullopt;
    if (path.filename() != "..") return directory / path.filename();
    return directory.parent_path();
}

// The nearest directory from `directory` upward that has a .git; empty if none has.
fs::path checkout_of(fs::path directory) {
    for (;;) {
        std::error_code absent;
        if (fs::exists(fs::symlink_status(directory / ".git", absent))) return directory;
        if (directory == directory.root_path()) return {};
        directory = directory.parent_path();
    }
}

std::optional<fs::path> find(const fs::path& directory, const Watch& watch) {
    const fs::path checkout = checkout_of(directory);
    std::error_code absent;
    if (checkout.empty() || !fs::is_regular_file(checkout / ".git", absent)) return std::nullopt;
    watch(checkout / ".git");
    const auto record = path_in(checkout / ".git", "gitdir: ");
    if (!record) return std::nullopt;
    const fs::path repository = record->parent_path().parent_path();
    const fs::path main = repository.parent_path();
    if (record->parent_path().filename() != "worktrees" || repository.filename() != ".git")
        return std::nullopt;
    watch(*record / "gitdir");
    if (path_in(*record / "gitdir", "") != checkout / ".git") return std::nullopt;
    if (foreign_hand_on(*record / "gitdir")) return std::nullopt;
    const fs::path place = directory.lexically_relative(checkout);
    return place == "." ? main : main / place;
}

}  // namespace

std::optional<fs::path> main_checkout_of(const fs::path& directory, const Watch& watch) {
    try {
        return find(directory, watch);
    } catch (const base::Error&) {  // unreadable: then it says nothing
        return std::nullopt;
    }
}

}  // namespace gov::trust
