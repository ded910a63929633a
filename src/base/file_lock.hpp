// SPDX-License-Identifier: Apache-2.0
#pragma once
// FileLock: an exclusive lock between processes that ends with its holder, however that ends.

#include "base/unique_fd.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>

namespace gov::base {

class FileLock {
public:
    // Takes the lock on the permanent file `path` (made if missing, never removed). A file system
    // without locks, as some network mounts are, does not stop anyone: renames that never replace
    // still keep every change whole. Where another
    // process holds it, calls `waiting` once after a second, and throws Error
    // (ExitCode::lock_timeout) after `limit`, or where an interrupt has come.
    static FileLock wait_for(const std::filesystem::path& path, std::chrono::seconds limit,
                             const std::function<void()>& waiting);

    // The lock if nobody holds it; nullopt where somebody does or nobody can tell.
    static std::optional<FileLock> try_take(const std::filesystem::path& path);

private:
    explicit FileLock(UniqueFd fd) noexcept : fd_{std::move(fd)} {}

    UniqueFd fd_;
};

}  // namespace gov::base
