// SPDX-License-Identifier: Apache-2.0
#pragma once
// Process trees: a program and all that it starts, which end together whatever they do to get away.

#include "base/child_process.hpp"

#include <chrono>
#include <optional>

namespace gov::base {

// From now on a descendant of this process whose parent ends becomes this process's child rather
// than init's, so that it can be found.
void adopt_orphans() noexcept;

// Kills all descendants of this process, also those in sessions of their own, but the child
// `spared` with its own, and takes their statuses: nobody may be waiting for one. What does not end
// within two seconds (another user's, or stuck in the kernel) is left.
void end_descendants(pid_t spared = 0) noexcept;

enum class TreeEnd { by_itself, time_limit, interrupted, given_up };

struct TreeResult {
    int status = 0;  // as ProcessResult's
    TreeEnd end = TreeEnd::by_itself;
};

struct TreeLimits {
    std::optional<std::chrono::milliseconds> time = {};
    // How long the program may take to end after an interrupt, of which it is told by the terminal,
    // and after SIGTERM and SIGHUP, which are passed on to it.
    std::chrono::milliseconds after_interrupt{0};
    // A file descriptor: what it leads to makes everything end once it can be read; -1: none.
    int lifeline = -1;
};

// Runs the program with the standard streams of this process and returns when it and all that it
// started have ended: whatever is left of them when it ends, at the limit, after an interrupt or at
// the lifeline's end is killed. Takes all descendants of this process for the program's, so that it
// must have no others. Throws Error where the program cannot be started.
TreeResult run_tree(const ProcessSpec& spec, const TreeLimits& limits);

// Waits until the program has ended; false where it has not done so within `grace` of an interrupt.
bool ends_in_time(const ChildProcess& program, std::chrono::milliseconds grace);

}  // namespace gov::base
