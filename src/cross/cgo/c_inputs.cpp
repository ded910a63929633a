// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_inputs.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "base/printable.hpp"
#include "proof/h1.hpp"

#include <algorithm>
#include <set>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// The directories that `pattern` names before its first star.
std::string_view fixed_part(std::string_view pattern) {
    const auto star = std::min(pattern.find('*'), pattern.size());
    const auto slash = pattern.substr(0, star).rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : pattern.substr(0, slash);
}

void add_matches(const fs::path& directory, const std::string& pattern,
                 std::set<std::string>& names) {
    const std::size_t before = names.size();
    const fs::path start = directory / fixed_part(pattern);
    const bool goes_deep = pattern.find("**") != std::string::npos;
    std::error_code problem;
    for (fs::recursive_directory_iterator file{start, problem}, end; file != end;
         file.increment(problem)) {
        const std::string name = file->path().lexically_relative(directory).native();
        if (file->is_directory(problem) && !goes_deep &&
            std::count(name.begin(), name.end(), '/') >=
                std::count(pattern.begin(), pattern.end(), '/'))
            file.disable_recursion_pending();
        if (file->is_regular_file(problem) && matches_path(pattern, name)) names.insert(name);
    }
    if (names.size() == before)
        throw base::Error{base::format("c_inputs: {} names no file", base::printable(pattern)),
                          "patterns are relative to the project, as in inc/**/*.h",
                          base::ExitCode::usage};
}

}  // namespace

bool matches_path(std::string_view pattern, std::string_view name) {
    while (!pattern.empty()) {
        if (pattern.starts_with("**/")) {
            pattern.remove_prefix(3);
            for (auto at = std::size_t{0}; at != std::string_view::npos;) {
                if (matches_path(pattern, name.substr(at))) return true;
                at = name.find('/', at);
                if (at != std::string_view::npos) ++at;
            }
            return false;
        }
        if (pattern[0] == '*') {
            while (!pattern.empty() && pattern[0] == '*') pattern.remove_prefix(1);
            const auto end = std::min(name.find('/'), name.size());
            for (std::size_t at = 0; at <= end; ++at)
                if (matches_path(pattern, name.substr(at))) return true;
            return false;
        }
        if (name.empty() || pattern[0] != name[0]) return false;
        pattern.remove_prefix(1);
        name.remove_prefix(1);
    }
    return name.empty();
}

std::string hash_of_inputs(const fs::path& directory, const std::vector<std::string>& patterns) {
    std::set<std::string> names;
    for (const std::string& pattern : patterns) {
        std::set<std::string> found;
        add_matches(directory, pattern, found);
        names.merge(found);
    }
    proof::TreeHash tree;
    for (const std::string& name : names)
        base::while_doing("reading " + name, [&] {
            const base::MappedFile content{directory / name};
            tree.add(name, base::sha256(content.bytes()));
        });
    const std::string manifest = tree.finish_manifest();
    const base::Digest digest = base::sha256(base::as_bytes(manifest));
    return base::to_hex({digest.data(), 16});
}

}  // namespace gov::cross
