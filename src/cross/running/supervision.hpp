// SPDX-License-Identifier: Apache-2.0
#pragma once
// Supervision: a program run by a gov of its own, which ends it and all that it started in time.

#include "base/environment.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace gov::cross {

struct Supervision {
    std::vector<std::string> command = {};  // stands before the program and its arguments
    base::Environment environment = {};     // the program's; PWD is the supervisor's
    std::chrono::milliseconds limit{0};
    pid_t owner = 0;  // when this process ends, all ends
    // How long the program may take to end after an interrupt, which the terminal tells it of.
    std::chrono::milliseconds after_interrupt{0};
    // When the limit was reached: printed on a line of its own, and a file made. Empty: neither.
    std::string mark = {};
    std::filesystem::path late = {};
};

// Writes it for read_supervision(), for this user's eyes alone. Throws Error.
void write_supervision(const Supervision& supervision, const std::filesystem::path& path);

// Throws Error where that is no file of write_supervision().
Supervision read_supervision(const std::filesystem::path& path);

// Runs `program` (its path and its arguments) with the standard streams of this process until it
// and everything that it started has ended. Returns its exit status, 128 + the signal that ended
// it, and 1 where it was the limit. Throws Error where it cannot be started.
int supervise(const Supervision& supervision, const std::vector<std::string>& program);

}  // namespace gov::cross
