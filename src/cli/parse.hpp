// SPDX-License-Identifier: Apache-2.0
#pragma once
// parse(): a command's words turned into its Arguments, by its own table. CLI11 behind one file.

#include "commands/command.hpp"

#include <span>
#include <string_view>

namespace gov::cli {

// Throws Error (ExitCode::usage) naming what is wrong and the command's usage.
commands::Arguments parse(const commands::Command& command,
                          std::span<const std::string_view> words);

}  // namespace gov::cli
