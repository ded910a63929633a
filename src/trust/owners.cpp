// SPDX-License-Identifier: Apache-2.0
#include "trust/owners.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/own_file.hpp"
#include "base/printable.hpp"

#include <cerrno>

#include <sys/stat.h>
#include <sys/xattr.h>

namespace gov::trust {

namespace fs = std::filesystem;

namespace {

// Where a list of further users is attached, the group's bits are what any of them may have.
bool has_access_list(const fs::path& path) {
    return ::lgetxattr(path.c_str(), "system.posix_acl_access", nullptr, 0) > 0;
}

std::optional<std::string> foreign_hand_here(const fs::path& path) {
    struct stat status;
    if (::lstat(path.c_str(), &status) != 0)
        throw base::system_error(base::format("looking at {}", base::printable(path.native())),
                                 errno);
    if (S_ISLNK(status.st_mode)) status.st_mode &= ~mode_t{0777};  // a link's own mode says nothing
    auto why = base::foreign_hand(status);
    const bool sticky = S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
    if (!why && !sticky && (status.st_mode & S_IWGRP) != 0 && has_access_list(path))
        why = "its access list lets others write";
    if (!why) return std::nullopt;
    return base::format("{}: {}", base::printable(path.native()), *why);
}

// From `path`, which has no links in it, upward.
std::optional<std::string> foreign_hand_upward(fs::path path) {
    for (;;) {
        if (auto why = foreign_hand_here(path)) return why;
        if (path == path.root_path()) return std::nullopt;
        path = path.parent_path();
    }
}

fs::path resolved(const fs::path& path) {
    std::error_code failure;
    fs::path result = fs::canonical(path, failure);
    if (failure)
        throw base::system_error(base::format("looking at {}", base::printable(path.native())),
                                 failure.value());
    return result;
}

}  // namespace

std::optional<std::string> foreign_hand_on(const fs::path& path) {
    const fs::path place = resolved(path.parent_path()) / path.filename();
    if (auto why = foreign_hand_upward(place)) return why;
    const fs::path target = resolved(place);
    return target == place ? std::nullopt : foreign_hand_upward(target);
}

}  // namespace gov::trust
