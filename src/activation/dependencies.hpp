// SPDX-License-Identifier: Apache-2.0
#pragma once
// Dependencies: what a choice depends on that is not in sight of the hook.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <time.h>

namespace gov::activation {

// A file that a choice depends on, there or not, as it was just before it was read.
struct WatchedFile {
    std::string path;
    std::optional<timespec> modified;  // nullopt: absent
};

// What a choice depends on besides the landmarks and GOV_VERSION.
struct Dependencies {
    std::vector<std::string> variables;  // by name
    std::vector<WatchedFile> files;

    // Looks at `path`; to be called before it is read, so that a later change is always seen.
    void watch(const std::filesystem::path& path);
};

}  // namespace gov::activation
