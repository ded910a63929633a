// SPDX-License-Identifier: Apache-2.0
#include "store/tool_set.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/fnv1a.hpp"
#include "base/format.hpp"
#include "base/text_lines.hpp"

#include <algorithm>

namespace gov::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longest_manifest = 64 * 1024;
constexpr std::string_view first_line = "gov-tools 1\n";

fs::path all_sets(const Places& places) {
    return places.home / "tools";
}

// `name` as a part of a path that can stand on PATH.
std::string plain(std::string name) {
    constexpr std::size_t longest = 48;
    for (char& c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '.' || c == '-';
        if (!is_plain) c = '_';
    }
    return name.substr(0, longest);
}

std::string line_of(const project::Tool& tool) {
    return base::format("{} {}\n", tool.name, tool.query());
}

std::string read_manifest(const fs::path& path) {
    return base::read_file(path, longest_manifest).value_or("");
}

// Whether it is certain that the file is not there.
bool is_gone(const fs::path& path) {
    std::error_code unknown;
    return !fs::exists(path, unknown) && !unknown;
}

bool is_stray(const fs::path& set) {
    std::string manifest;
    try {
        manifest = read_manifest(set / "manifest");
    } catch (const base::Error&) {
        return false;
    }
    if (!manifest.starts_with(first_line)) return false;
    std::string_view rest = std::string_view{manifest}.substr(first_line.size());
    const fs::path project = base::take_field(rest, '\n');
    const fs::path goroot = base::take_field(rest, '\n');
    return is_gone(project) || is_gone(goroot);
}

}  // namespace

ToolSet::ToolSet(const Places& places, const fs::path& project, const fs::path& goroot,
                 std::span<const project::Tool> tools)
    : goroot_{goroot.native() + "\n"} {
    manifest_ = std::string{first_line} + project.native() + "\n" + goroot_;
    for (const project::Tool& tool : tools) manifest_ += line_of(tool);
    const std::string folder = base::format("{}-{:016x}", plain(project.parent_path().filename()),
                                            base::fnv1a(project.native()));
    const std::string set =
        base::format("{}-{:016x}", plain(goroot.filename()), base::fnv1a(manifest_));
    directory_ = all_sets(places) / folder / set;
}

bool ToolSet::is_built() const {
    return read_manifest(manifest_file()) == manifest_;
}

fs::path ToolSet::find_built(const project::Tool& tool) const {
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{of_project(), absent}) {
        if (entry.path().filename().native().starts_with('.')) continue;
        const std::string manifest = read_manifest(entry.path() / "manifest");
        if (manifest.find("\n" + goroot_) != std::string::npos &&
            manifest.find("\n" + line_of(tool)) != std::string::npos)
            return entry.path() / "bin" / tool.name;
    }
    return {};
}

void make_current(const ToolSet& set) {
    const fs::path aside = set.of_project() / ".current";
    std::error_code failure;
    if (fs::read_symlink(set.current(), failure) == set.directory().filename()) return;
    fs::remove(aside, failure);
    fs::create_directory_symlink(set.directory().filename(), aside, failure);
    if (!failure) fs::rename(aside, set.current(), failure);
    if (failure)
        throw base::system_error(base::format("linking {}", set.current().native()),
                                 failure.value());
}

void remove_old_sets(const ToolSet& keep) noexcept {
    constexpr std::size_t most_others = 3;
    std::error_code ignored;
    std::vector<std::pair<fs::file_time_type, fs::path>> others;
    for (const fs::directory_entry& entry : fs::directory_iterator{keep.of_project(), ignored}) {
        if (entry.is_symlink(ignored) || !entry.is_directory(ignored) ||
            entry.path() == keep.directory())
            continue;
        if (entry.path().filename().native().starts_with('.'))
            fs::remove_all(entry.path(), ignored);
        else
            others.emplace_back(fs::last_write_time(entry.path(), ignored), entry.path());
    }
    std::ranges::sort(others, std::ranges::greater{});
    for (std::size_t i = most_others; i < others.size(); ++i)
        fs::remove_all(others[i].second, ignored);
}

std::vector<fs::path> stray_sets(const Places& places) {
    std::vector<fs::path> stray;
    std::error_code ignored;
    for (const fs::directory_entry& project : fs::directory_iterator{all_sets(places), ignored}) {
        if (!project.is_directory(ignored)) continue;
        const auto lock = base::FileLock::try_take(ToolSet::lock_file_in(project));
        for (const fs::directory_entry& set : fs::directory_iterator{project.path(), ignored}) {
            if (set.is_symlink(ignored) || !set.is_directory(ignored)) continue;
            const bool is_unfinished = set.path().filename().native().starts_with('.');
            if (is_unfinished ? lock.has_value() : is_stray(set.path()))
                stray.push_back(set.path());
        }
    }
    return stray;
}

}  // namespace gov::store
