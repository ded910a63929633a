// SPDX-License-Identifier: Apache-2.0
#include "store/workspace.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "store/manifest.hpp"
#include "store/receipt.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>

#include <sys/stat.h>

namespace gov::store {

namespace fs = std::filesystem;
using toolchain::GoVersion;

namespace {

constexpr std::chrono::seconds longest_wait = std::chrono::minutes{10};

fs::path lock_path(const Places& places, const GoVersion& version) {
    return places.locks() / version.name();
}

// A new directory "parent/name.XXXXXX"; the name tells clean_up whose lock guards it.
fs::path make_unique_directory(const fs::path& parent, const std::string& name) {
    base::make_private_directory(parent);
    std::string path = parent / (name + ".XXXXXX");
    if (::mkdtemp(path.data()) == nullptr)
        throw base::system_error(base::format("making a directory in {}", parent.native()), errno);
    return path;
}

void delete_quietly(const fs::path& path) {
    std::error_code failed;  // what stays is deleted by the next clean_up
    fs::remove_all(path, failed);
}

// The version that a staging, trash or download name starts with: "go1.22.6.AbCdEf".
std::optional<GoVersion> owner_of(const std::string& name) {
    for (std::size_t end = name.size(); end != 0 && end != std::string::npos;
         end = name.rfind('.', end - 1))
        if (const auto version = GoVersion::parse(std::string_view{name}.substr(0, end)))
            return version;
    return std::nullopt;
}

}  // namespace

base::FileLock lock_version(const Places& places, const GoVersion& version,
                            const std::function<void()>& waiting) {
    base::make_private_directory(places.locks());
    return base::FileLock::wait_for(lock_path(places, version), longest_wait, waiting);
}

Staging::Staging(const Places& places, const GoVersion& version)
    : places_{places},
      path_{make_unique_directory(places.staging(), version.name())},
      destination_{places.goroot(version)},
      fd_{base::open_directory(path_)} {}

Staging::~Staging() {
    if (!path_.empty()) delete_quietly(path_);
}

void Staging::commit() {
    base::make_private_directory(places_.versions());
    if (::fchmod(fd_.get(), 0755) != 0)
        throw base::system_error("setting a directory's mode", errno);
    base::sync_file_system(fd_.get());
    if (!base::rename_unless_exists(path_, destination_))
        throw base::Error{base::format("{} is in the way", destination_.native()),
                          "move it elsewhere, then try again"};
    path_.clear();
    base::sync_directory(places_.versions());
}

bool remove_toolchain(const Places& places, const GoVersion& version) {
    const fs::path goroot = places.goroot(version);
    std::error_code absent;
    if (!fs::exists(fs::symlink_status(goroot, absent))) return false;
    const fs::path trash = make_unique_directory(places.trash(), version.name());
    fs::rename(goroot, trash / "goroot");
    base::sync_directory(places.versions());
    remove_receipt(places, version);
    Manifest::remove(places, version);
    delete_quietly(trash);
    return true;
}

void clean_up(const Places& places) {
    for (const fs::path& directory : {places.staging(), places.trash(), places.downloads()}) {
        std::error_code absent;
        for (const fs::directory_entry& entry : fs::directory_iterator{directory, absent}) {
            const auto version = owner_of(entry.path().filename());
            if (!version) continue;
            base::make_private_directory(places.locks());
            if (base::FileLock::try_take(lock_path(places, *version))) delete_quietly(entry.path());
        }
    }
}

}  // namespace gov::store
