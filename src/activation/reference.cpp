// SPDX-License-Identifier: Apache-2.0
#include "activation/reference.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gov::activation {

namespace {

bool has_time(const struct stat& status, const timespec& modified) {
    return status.st_mtim.tv_sec == modified.tv_sec && status.st_mtim.tv_nsec == modified.tv_nsec;
}

// Makes the reference aside and renames it, so that none is ever seen with another time.
bool make(const std::string& path, const timespec& modified) {
    std::string aside = path + ".XXXXXX";
    const base::UniqueFd fd{::mkostemp(aside.data(), O_CLOEXEC)};
    if (!fd) return false;
    const timespec times[2] = {modified, modified};
    struct stat status;
    const bool made = ::futimens(fd.get(), times) == 0 && ::fstat(fd.get(), &status) == 0 &&
                      has_time(status, modified) && ::rename(aside.c_str(), path.c_str()) == 0;
    if (!made) ::unlink(aside.c_str());
    return made;
}

}  // namespace

std::filesystem::path reference_directory(const store::Places& places) {
    return places.state / "mtimes";
}

std::optional<std::string> reference_of(const timespec& modified, const store::Places& places) {
    const std::filesystem::path directory = reference_directory(places);
    std::string path =
        base::format("{}/{}.{:09}", directory.native(), modified.tv_sec, modified.tv_nsec);
    struct stat status;
    if (::stat(path.c_str(), &status) == 0 && has_time(status, modified)) return path;
    try {
        base::make_private_directory(directory);
    } catch (const base::Error&) {
        return std::nullopt;
    }
    if (!make(path, modified)) return std::nullopt;
    return path;
}

}  // namespace gov::activation
