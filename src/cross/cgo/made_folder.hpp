// SPDX-License-Identifier: Apache-2.0
#pragma once
// make_folder(): a folder of small files that is named for what is in it.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace gov::cross {

struct SmallFile {
    std::string content;
    bool is_program = false;
};

// The folder below `parent` that holds `files` (by their names, which may have slashes) and nothing
// else; made where it is not there. Its name is `prefix` and a hash of them, so that it is never
// changed and two that make it at once make the same. Throws Error.
std::filesystem::path make_folder(const std::filesystem::path& parent, std::string_view prefix,
                                  const std::map<std::string, SmallFile>& files);

}  // namespace gov::cross
