// SPDX-License-Identifier: Apache-2.0
#pragma once
// Exit codes of what runs another program and returns its status.

#include "base/error.hpp"

#include <exception>

namespace gov::commands {

// The exit code of a failure before the other program runs, told from its own statuses: 127 where
// the program or its release is not there, 126 where it cannot be run, 125 for everything else.
base::ExitCode exec_code_of(const std::exception& error);

}  // namespace gov::commands
