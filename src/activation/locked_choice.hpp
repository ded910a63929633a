// SPDX-License-Identifier: Apache-2.0
#pragma once
// The lock beside the file that chose: what it makes of the choice.

#include "activation/choice.hpp"
#include "project/lock_file.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gov::activation {

// The word that means `spec` in a file that pins: "1.22.6", "^1.22".
std::string word_of(const toolchain::VersionSpec& spec);

// Where the lock of `choice` is, there or not; empty for a choice that no project's file made.
std::filesystem::path lock_path(const Choice& choice);

// What a lock of `choice` has as its pin.
std::string pin_text(const Choice& choice);

// The lock of `choice`; nullopt where there is none. Throws Error (ExitCode::usage) for one that
// cannot be understood or that is for another pin.
std::optional<project::Lock> lock_of(const Choice& choice);

// Fixes a choice that is no exact version to its lock's release, if there is a lock, and tells
// whether there is. Throws Error as lock_of does.
bool follow_lock(Choice& choice, Dependencies& dependencies);

}  // namespace gov::activation
