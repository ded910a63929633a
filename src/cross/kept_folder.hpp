// SPDX-License-Identifier: Apache-2.0
#pragma once
// KeptFolder: where go's results of a project stay from one cross build to the next.

#include "base/environment.hpp"
#include "base/file_lock.hpp"

#include <filesystem>
#include <string_view>

namespace gov::cross {

// The folder for the project in `directory`, in the user's cache. Nobody may read what is built
// there as an artifact: it is what go wrote, and nothing was proved of it.
std::filesystem::path kept_folder_of(const std::filesystem::path& directory,
                                     const base::Environment& environment);

// Writes a file there, or into another folder that nobody reads before it is renamed. It is not
// synced: all of it can be made again. Throws Error.
void write_kept_file(const std::filesystem::path& path, std::string_view content);

class KeptFolder {
public:
    // Makes `path` and waits, at most an hour, for another gov that builds the same project.
    // Throws Error.
    explicit KeptFolder(std::filesystem::path path);

    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
    base::FileLock lock_;
};

}  // namespace gov::cross
