// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_own_file(): a file that nobody but this user and root can have written.

#include <filesystem>
#include <optional>
#include <string>

struct stat;  // NOLINT(readability-identifier-naming): POSIX names it

namespace gov::base {

// Why others than this user and root can have changed what `status` is of: "it belongs to user
// 1001", "it can be written by everyone"; nullopt where they cannot. A group that has the user's
// own number is theirs alone, as user-private groups are made.
std::optional<std::string> foreign_hand(const struct stat& status);

// As read_file (base/file.hpp). Throws Error (ExitCode::not_trusted) where the file, or the
// directory that it is found in, can have been changed by others.
std::optional<std::string> read_own_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace gov::base
