// SPDX-License-Identifier: Apache-2.0
#pragma once
// Changing what is installed: staging, committing and removing toolchains, and cleaning up after
// a gov that was killed.

#include "base/file_lock.hpp"
#include "base/unique_fd.hpp"
#include "store/places.hpp"

#include <functional>

namespace gov::store {

// The lock that installing and removing `version` needs. Calls `waiting` once where another gov
// holds it. Throws Error (ExitCode::lock_timeout) after ten minutes.
base::FileLock lock_version(const Places& places, const toolchain::GoVersion& version,
                            const std::function<void()>& waiting);

// A private directory on the file system of the toolchains, in which one is put together.
// Removed with its content unless committed. The caller holds the version's lock.
class Staging {
public:
    Staging(const Places& places, const toolchain::GoVersion& version);
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    ~Staging();

    const std::filesystem::path& path() const noexcept { return path_; }
    int fd() const noexcept { return fd_.get(); }

    // Puts everything on the disk and gives the directory its final name. Throws Error, also where
    // the name is taken.
    void commit();

private:
    const Places& places_;
    std::filesystem::path path_;
    std::filesystem::path destination_;
    base::UniqueFd fd_;
};

// Takes the toolchain out of sight at once, then deletes it. False where it is not installed. The
// caller holds the version's lock.
bool remove_toolchain(const Places& places, const toolchain::GoVersion& version);

// Deletes what killed govs left in staging and trash, and downloads that nobody is working on.
void clean_up(const Places& places);

}  // namespace gov::store
