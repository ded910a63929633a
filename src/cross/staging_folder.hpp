// SPDX-License-Identifier: Apache-2.0
#pragma once
// StagingFolder: where artifacts are built and proved before they get their names.

#include "base/file_lock.hpp"

#include <filesystem>
#include <optional>

namespace gov::cross {

// A folder inside the output folder, so that a rename brings an artifact to its place even where
// the output folder is a mount point or a link. Version control does not see it, nor an output
// folder that was made here: a build that finds files untracked would be stamped as modified.
class StagingFolder {
public:
    // Makes `output` and the folder in it, and removes what a killed gov left there. Throws Error.
    explicit StagingFolder(const std::filesystem::path& output);
    StagingFolder(const StagingFolder&) = delete;
    StagingFolder& operator=(const StagingFolder&) = delete;
    // Removes the folder, and `output` if that is empty then and was made here.
    ~StagingFolder();

    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path output_;
    std::filesystem::path path_;
    bool made_output_ = false;
    std::optional<base::FileLock> lock_;  // held as long as the folder is in use
};

}  // namespace gov::cross
