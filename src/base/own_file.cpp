// SPDX-License-Identifier: Apache-2.0
#include "base/own_file.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gov::base {

namespace fs = std::filesystem;

namespace {

void check(const fs::path& path, const struct stat& status) {
    const auto why = foreign_hand(status);
    if (!why) return;
    const std::string shown = printable(path.native());
    throw Error{base::format("{} is not obeyed: {}", shown, *why),
                status.st_uid == ::geteuid() ? base::format("chmod go-w '{}'", shown)
                                             : std::string{"make it a file of your own"},
                ExitCode::not_trusted};
}

}  // namespace

std::optional<std::string> foreign_hand(const struct stat& status) {
    if (status.st_uid != ::geteuid() && status.st_uid != 0)
        return base::format("it belongs to user {}", status.st_uid);
    // In a sticky directory such as /tmp everyone may write, but not touch what others have there.
    if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0) return std::nullopt;
    if ((status.st_mode & S_IWOTH) != 0) return "it can be written by everyone";
    if ((status.st_mode & S_IWGRP) != 0 && status.st_gid != status.st_uid)
        return base::format("it can be written by group {}", status.st_gid);
    return std::nullopt;
}

std::optional<std::string> read_own_file(const fs::path& path, std::size_t limit) {
    const auto fd = open_file(path);
    if (!fd) return std::nullopt;
    struct stat status;
    if (::fstat(fd->get(), &status) == 0) check(path, status);
    if (::stat(path.parent_path().c_str(), &status) == 0) check(path.parent_path(), status);
    return read_file(*fd, path, limit);
}

}  // namespace gov::base
