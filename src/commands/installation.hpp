// SPDX-License-Identifier: Apache-2.0
#pragma once
// Several installations at once, shown while they run and reported when they are done.

#include "commands/command.hpp"
#include "download/installer.hpp"

#include <functional>
#include <string>
#include <vector>

namespace gov::commands {

// Installs what `names` name: `install` is called for the index of each, on several threads. Prints
// the GOROOT of each on standard output, or all of them as JSON, and what is worth knowing or went
// wrong on standard error. Returns the exit code of the first failure.
base::ExitCode run_installations(
    const Invocation& invocation, const store::Places& places,
    const std::vector<std::string>& names,
    const std::function<download::Installed(std::size_t, download::Listener&)>& install);

}  // namespace gov::commands
