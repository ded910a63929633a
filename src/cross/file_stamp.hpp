// SPDX-License-Identifier: Apache-2.0
#pragma once
// Stamps of files: whether what was read of them still holds.

#include <chrono>
#include <filesystem>
#include <string>

namespace gov::cross {

// A file, and what told it from all that it was before: number, size, and the times of its content
// and of its last change of any kind, which nobody can set. A path "DIRECTORY/*.go" is the names of
// Go files that the directory has.
struct FileStamp {
    std::filesystem::path path;
    std::string stamp;  // "-": there is nothing of that name
};

FileStamp stamp_of(const std::filesystem::path& path);

// Whether a change at or after `moment` would be seen in `stamp`: the clock of file systems has
// steps, and within one of them a second change leaves the stamp as it is.
bool is_settled(const FileStamp& stamp, std::chrono::system_clock::time_point moment);

}  // namespace gov::cross
