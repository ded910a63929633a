// SPDX-License-Identifier: Apache-2.0
#include "cross/workspace.hpp"

namespace gov::cross {

namespace fs = std::filesystem;

std::string workspace_of(const fs::path& directory) {
    std::error_code problem;
    fs::path at = fs::canonical(directory, problem);
    while (!problem && !at.empty()) {
        std::error_code ignored;
        const fs::path file = at / "go.work";
        if (fs::exists(file, ignored) && !fs::is_directory(file, ignored)) return file.native();
        if (!at.has_relative_path()) break;
        at = at.parent_path();
    }
    return "off";
}

}  // namespace gov::cross
