// SPDX-License-Identifier: Apache-2.0
#pragma once
// The commands that run what was built for other targets, each defined in the file of its name.

#include "commands/command.hpp"

namespace gov::commands {

extern const Command cross_doctor_command;
extern const Command cross_hold_command;
extern const Command cross_run_command;
extern const Command cross_supervise_command;
extern const Command cross_test_command;

}  // namespace gov::commands
