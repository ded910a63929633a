// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writing the lock of what a directory asks for.

#include "activation/choice.hpp"
#include "commands/command.hpp"
#include "download/settings.hpp"

namespace gov::commands {

// What the directory's files ask for, whatever is locked. Throws Error (ExitCode::no_release) where
// no project's file asks for anything.
activation::Choice require_project_choice(const Invocation& invocation,
                                          const store::Places& places);

// Writes the lock of `choice`, which fixes `release`, for the platforms it has, or that --platform
// names, or the usual ones. Says which hashes it could not find, and keeps those that it had of the
// same release. Throws Error as download::look_up_hashes does.
void write_lock(const Invocation& invocation, const activation::Choice& choice,
                const toolchain::GoVersion& release, const download::Settings& settings);

}  // namespace gov::commands
