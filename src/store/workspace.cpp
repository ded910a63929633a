// SPDX-License-Identifier: Apache-2.0
#include "store/workspace.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "store/manifest.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <limits>

#include <sys/stat.h>
#include <sys/statvfs.h>

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

void delete_quietly(const fs::path& path) noexcept {
    std::error_code failed;  // what stays is deleted by the next clean_up
    fs::remove_all(path, failed);
}

// Bytes that the file system of the directory has left; no bound where it does not say.
std::uint64_t free_space(int directory) {
    struct statvfs space;
    if (::fstatvfs(directory, &space) != 0) return std::numeric_limits<std::uint64_t>::max();
    return static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
}

// Gives a whole toolchain its final name.
void rename_into_place(const fs::path& from, const fs::path& to) {
    if (!base::rename_unless_exists(from, to))
        throw base::Error{base::format("{} is in the way", to.native()),
                          "move it elsewhere, then try again"};
    base::sync_directory(to.parent_path());
}

// The version in the name of a staging or trash directory or a download: "go1.22.6.AbCdEf".
std::optional<GoVersion> owner_of(const std::string& name) {
    return GoVersion::parse(std::string_view{name}.substr(0, name.rfind('.')));
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

void Staging::clear() {
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator{path_})
        if (!failed) fs::remove_all(entry.path(), failed);
    if (failed)
        throw base::system_error(base::format("emptying {}", path_.native()), failed.value());
}

void Staging::require_space(std::uint64_t bytes) const {
    if (free_space(fd_.get()) >= bytes) return;
    empty_trash(places_);
    const std::uint64_t free = free_space(fd_.get());
    constexpr double megabyte = 1e6;
    if (free < bytes)
        throw base::Error{
            base::format(
                "the disk is too full: unpacking needs about {:.1f} MB and {:.1f} MB are free",
                static_cast<double>(bytes) / megabyte, static_cast<double>(free) / megabyte),
            "free some space, then try again", base::ExitCode::disk};
}

void Staging::commit() {
    base::make_private_directory(places_.versions());
    if (::fchmod(fd_.get(), 0755) != 0)
        throw base::system_error("setting a directory's mode", errno);
    base::sync_file_system(fd_.get());
    rename_into_place(path_, destination_);
    path_.clear();
}

namespace {

constexpr std::string_view trashed_goroot = "goroot";

// The files that go with a toolchain, as they are called in its trash directory.
std::array<std::pair<fs::path, std::string_view>, 3> companions(const Places& places,
                                                                const GoVersion& version) {
    return {{{places.receipt(version), "receipt"},
             {places.unproved_receipt(version), "unproved receipt"},
             {Manifest::path(places, version), "manifest"}}};
}

void move_if_there(const fs::path& from, const fs::path& to) {
    std::error_code absent;
    fs::rename(from, to, absent);
}

// The directories below `parent` that belong to a version whose lock can be had, with that lock.
template <class Visit>
void for_each_abandoned(const Places& places, const fs::path& parent, const Visit& visit) {
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{parent, absent}) {
        const auto version = owner_of(entry.path().filename());
        if (!version) continue;
        base::make_private_directory(places.locks());
        try {
            if (const auto lock = base::FileLock::try_take(lock_path(places, *version)))
                visit(entry.path());
        } catch (const base::Error&) {
            continue;  // another version's lock that cannot be opened is no reason to stop
        }
    }
}

}  // namespace

bool remove_toolchain(const Places& places, const GoVersion& version) {
    const fs::path goroot = places.goroot(version);
    std::error_code absent;
    if (!fs::exists(fs::symlink_status(goroot, absent))) return false;
    const fs::path trash = make_unique_directory(places.trash(), version.name());
    std::error_code failed;
    fs::rename(goroot, trash / trashed_goroot, failed);
    if (failed) {
        delete_quietly(trash);
        throw base::system_error(base::format("moving {} to the trash", goroot.native()),
                                 failed.value());
    }
    base::sync_directory(places.versions());
    for (const auto& [file, name] : companions(places, version)) move_if_there(file, trash / name);
    return true;
}

std::optional<Trashed> Trashed::find(const Places& places, const GoVersion& version) {
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{places.trash(), absent}) {
        const fs::path goroot = entry.path() / trashed_goroot;
        if (owner_of(entry.path().filename()) != version || !fs::is_directory(goroot, absent) ||
            !fs::exists(entry.path() / "receipt", absent))
            continue;
        for (const auto& [file, name] : companions(places, version))
            move_if_there(entry.path() / name, file);
        return Trashed{goroot};
    }
    return std::nullopt;
}

void Trashed::restore(const Places& places, const GoVersion& version) const {
    rename_into_place(goroot_, places.goroot(version));
    discard();
}

void Trashed::discard() const noexcept {
    delete_quietly(goroot_.parent_path());
}

namespace {

// Whether `path` is part of a download with the note of what it is part of, or that note.
bool can_go_on(const fs::path& path) {
    std::error_code absent;
    const fs::path extension = path.extension();
    return (extension == ".partial" || extension == ".resume") &&
           fs::exists(fs::path{path}.replace_extension(".partial"), absent) &&
           fs::exists(fs::path{path}.replace_extension(".resume"), absent);
}

void delete_older(const fs::path& path, std::chrono::hours age) {
    std::error_code gone;
    const auto since = fs::last_write_time(path, gone);
    if (!gone && fs::file_time_type::clock::now() - since >= age) delete_quietly(path);
}

}  // namespace

void clean_up(const Places& places) {
    constexpr std::chrono::hours hour{1};
    constexpr std::chrono::hours week{24 * 7};  // a download that broke off may go on until then
    for_each_abandoned(places, places.staging(), delete_quietly);
    for_each_abandoned(places, places.downloads(), [&](const fs::path& path) {
        delete_older(path, can_go_on(path) ? week : std::chrono::hours{0});
    });
    for_each_abandoned(places, places.trash(),
                       [&](const fs::path& path) { delete_older(path, hour); });
}

void visit_abandoned(const Places& places, const std::function<void(const fs::path&)>& visit) {
    for (const fs::path& parent : {places.staging(), places.downloads(), places.trash()})
        for_each_abandoned(places, parent, visit);
}

std::size_t empty_trash(const Places& places) {
    std::size_t count = 0;
    for_each_abandoned(places, places.trash(), [&](const fs::path& path) {
        delete_quietly(path);
        ++count;
    });
    return count;
}

}  // namespace gov::store
