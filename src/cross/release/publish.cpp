// SPDX-License-Identifier: Apache-2.0
#include "cross/release/publish.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "cross/release/artifact_list.hpp"
#include "cross/staging_folder.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr const char* ignore_name = ".gitignore";  // StagingFolder makes one

// The list is in a folder that anyone may have written: only plain names of files count.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

void rename_file(const fs::path& from, const fs::path& to) {
    std::error_code problem;
    fs::rename(from, to, problem);
    if (problem)
        throw base::system_error(base::format("moving {} to its place", to.native()),
                                 problem.value());
}

// Whether `output` can be replaced as a whole: it is the user's own, nobody who waits for this
// build stands in it, and there is nothing in it but what a build left (`old`) or makes.
bool can_be_exchanged(const fs::path& place, const fs::path& output,
                      const std::vector<std::string>& old) {
    struct stat facts{};
    if (::stat(output.c_str(), &facts) != 0 || facts.st_uid != ::geteuid()) return false;
    std::error_code problem;
    const fs::path here = fs::current_path(problem);
    if (problem || *here.lexically_relative(fs::canonical(output)).begin() != "..") return false;
    const fs::path staging = *place.lexically_relative(output).begin();
    const fs::directory_iterator entries{output};
    return std::all_of(begin(entries), end(entries), [&](const fs::directory_entry& entry) {
        const std::string name = entry.path().filename();
        return name == artifact_list_name || name == ignore_name || name == staging ||
               std::ranges::find(old, name) != old.end();
    });
}

// Has `place` and `output` change places in one step, so that whoever looks, and whenever gov is
// killed, finds the one build whole or the other. False, and nothing was done: these directories
// cannot be exchanged.
bool exchange(const fs::path& place, const fs::path& output) try {
    std::error_code problem;
    fs::copy_file(output / ignore_name, place / ignore_name, problem);  // if there is one
    fs::permissions(place, fs::status(output).permissions());
    // A directory cannot change places with one above it.
    const StagingFolder beside{output.parent_path()};
    const fs::path whole = beside.path() / "whole";
    fs::rename(place, whole, problem);
    if (problem) return false;
    if (base::exchange_paths(whole, output)) return true;
    rename_file(whole, place);
    return false;
} catch (const base::Error&) {
    return false;  // above the output folder nothing can be made
}

// Of a build that is killed here there is no checksums.txt, and the list is the old one, so that
// the next build knows what to remove.
void move_one_by_one(const fs::path& place, const fs::path& output, std::vector<std::string> files,
                     const std::vector<std::string>& gone) {
    const auto rank = [](const std::string& file) {
        return file == artifact_list_name ? 2 : file == checksums_name ? 1 : 0;
    };
    std::ranges::sort(files, {},
                      [&](const std::string& file) { return std::pair{rank(file), file}; });
    std::error_code ignored;
    fs::remove(output / checksums_name, ignored);
    for (const std::string& name : gone) fs::remove(output / name, ignored);
    for (const std::string& file : files) rename_file(place / file, output / file);
}

}  // namespace

std::vector<std::string> listed_artifacts(const fs::path& output) {
    constexpr std::size_t size_limit = 16U << 20U;
    std::vector<std::string> names;
    try {
        const auto text = base::read_file(output / artifact_list_name, size_limit);
        if (!text) return names;
        const base::Json list = base::Json::parse(*text);
        const base::Json::Array* entries = list.as_array();
        if (entries == nullptr) return names;
        for (const base::Json& entry : *entries)
            if (const std::string_view name = entry.text("name"); is_plain_name(name))
                names.emplace_back(name);
    } catch (const base::Error&) {
        return {};
    }
    return names;
}

std::vector<std::string> publish(const fs::path& place, const fs::path& output) {
    const std::vector<std::string> old = listed_artifacts(output);
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator{place})
        files.push_back(entry.path().filename());
    std::vector<std::string> gone;
    std::ranges::copy_if(old, std::back_inserter(gone), [&](const std::string& name) {
        return std::ranges::find(files, name) == files.end() && fs::exists(output / name);
    });
    if (!can_be_exchanged(place, output, old) || !exchange(place, fs::canonical(output)))
        move_one_by_one(place, output, std::move(files), gone);
    return gone;
}

}  // namespace gov::cross
