// SPDX-License-Identifier: Apache-2.0
#pragma once
// foreign_hand_on(): whether others could have put a file where it is.

#include <filesystem>
#include <optional>
#include <string>

namespace gov::trust {

// Why others than this user and root could change the file `path` or put another in its place:
// "/srv belongs to user 1001", of the file, the file it is a link to, or any directory above them;
// nullopt where they could not. Throws Error where one of them cannot be looked at.
std::optional<std::string> foreign_hand_on(const std::filesystem::path& path);

}  // namespace gov::trust
