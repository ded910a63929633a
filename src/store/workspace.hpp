// SPDX-License-Identifier: Apache-2.0
#pragma once
// Changing what is installed: staging, committing and removing toolchains, and cleaning up after
// a gov that was killed.

#include "base/file_lock.hpp"
#include "base/unique_fd.hpp"
#include "store/places.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

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

    // Removes all that is in it. Throws Error.
    void clear();

    // Throws Error (ExitCode::disk) unless `bytes` more are free where it is; what is in the trash
    // goes for them.
    void require_space(std::uint64_t bytes) const;

    // Puts everything on the disk, receipt and manifest too, and gives the directory its final
    // name. Throws Error, also where the name is taken.
    void commit();

private:
    const Places& places_;
    std::filesystem::path path_;
    std::filesystem::path destination_;
    base::UniqueFd fd_;
};

// Takes the toolchain out of sight, with its receipt, into the trash, from where a re-install may
// take it back; deleting it takes longer, and clean_up does that. False where it is not installed.
// The caller holds the version's lock.
bool remove_toolchain(const Places& places, const toolchain::GoVersion& version);

// A toolchain that was removed and is still in the trash. The caller holds the version's lock.
class Trashed {
public:
    // The toolchain of `version`, whose receipt is in its old place again; nullopt where the trash
    // has none that something proved.
    static std::optional<Trashed> find(const Places& places, const toolchain::GoVersion& version);

    const std::filesystem::path& goroot() const noexcept { return goroot_; }
    // Gives it its name among the installed ones again. Throws Error where that is taken.
    void restore(const Places& places, const toolchain::GoVersion& version) const;
    void discard() const noexcept;

private:
    explicit Trashed(std::filesystem::path goroot) : goroot_{std::move(goroot)} {}

    std::filesystem::path goroot_;
};

// Deletes what killed govs left behind and nobody is working on, except downloads of the last week
// that can go on, and what has been in the trash for an hour.
void clean_up(const Places& places);

// Calls `visit` with every file and directory of staging, downloads and trash that nobody is
// working on, and keeps others from starting to meanwhile.
void visit_abandoned(const Places& places,
                     const std::function<void(const std::filesystem::path&)>& visit);

// Deletes all that is in the trash and nobody is working on. Returns how many toolchains that was.
std::size_t empty_trash(const Places& places);

}  // namespace gov::store
