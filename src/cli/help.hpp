// SPDX-License-Identifier: Apache-2.0
#pragma once
// The help texts, all of them made from the command table; no line is over 80 columns.

#include "commands/command.hpp"

#include <string>
#include <string_view>

namespace gov::cli {

// "usage: gov install [VERSION]... [options]"
std::string usage_line(const commands::Command& command);

// What `gov COMMAND --help` prints.
std::string help(const commands::Command& command);

// What `gov help` prints: every command with its summary, by topic.
std::string overview();

// What `gov cross --help` prints: the commands whose names start with `group`; empty if there are
// none.
std::string group_overview(std::string_view group);

}  // namespace gov::cli
