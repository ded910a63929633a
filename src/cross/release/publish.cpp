// SPDX-License-Identifier: Apache-2.0
#include "cross/release/publish.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

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
    std::vector<std::string> old = listed_artifacts(output);
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator{place})
        files.push_back(entry.path().filename());
    std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
        return std::pair{a == artifact_list_name, a} < std::pair{b == artifact_list_name, b};
    });
    std::vector<std::string> removed;
    std::error_code ignored;
    for (const std::string& name : old)
        if (std::find(files.begin(), files.end(), name) == files.end() &&
            fs::remove(output / name, ignored))
            removed.push_back(name);
    for (const fs::path& file : files) rename_file(place / file, output / file);
    return removed;
}

}  // namespace gov::cross
