// SPDX-License-Identifier: Apache-2.0
#pragma once
// main_checkout_of(): from a linked worktree of git to the main one.

#include "trust/watch.hpp"

#include <filesystem>
#include <optional>

namespace gov::trust {

// Where `directory` (without links) is in the main worktree, if it lies in a linked one; nullopt
// otherwise. The worktree's .git file has to name its record in the main repository, and that
// record, which none but this user and root can have written, has to name the .git file back
// (gitrepository-layout(5)): anyone can write a .git file that names a repository.
std::optional<std::filesystem::path> main_checkout_of(const std::filesystem::path& directory,
                                                      const Watch& watch);

}  // namespace gov::trust
