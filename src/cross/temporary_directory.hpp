// SPDX-License-Identifier: Apache-2.0
#pragma once
// TemporaryDirectory: a directory that is gone with its object.

#include <filesystem>
#include <string_view>

namespace gov::cross {

class TemporaryDirectory {
public:
    // Makes "gov-PURPOSE-XXXXXX" in `parent`. Throws Error.
    explicit TemporaryDirectory(
        std::string_view purpose = "cross",
        const std::filesystem::path& parent = std::filesystem::temp_directory_path());
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace gov::cross
