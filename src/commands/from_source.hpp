// SPDX-License-Identifier: Apache-2.0
#pragma once
// gov install --from-source.

#include "commands/command.hpp"
#include "download/settings.hpp"
#include "download/wishes.hpp"

namespace gov::commands {

// Builds the one release, or the one directory of a release's source, that the words name, and
// installs it. Returns and prints what `gov install` does. Throws Error (ExitCode::usage) for other
// words.
base::ExitCode install_from_source(const Invocation& invocation, const download::Settings& settings,
                                   const download::Wishes& wishes);

}  // namespace gov::commands
