// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runner: what runs a target's programs on this machine, or on one that the project names.

#include "base/environment.hpp"
#include "cross/running/runner_table.hpp"
#include "cross/target.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gov::cross {

// Commands for the shell, each empty where there is nothing to do.
struct MachineCommands {
    std::string start;  // may go on as long as the machine does, if there is a `ready`
    std::string ready;  // asked until it succeeds
    std::string stop;
    std::chrono::seconds timeout{120};  // until it is ready, and once more for stopping

    bool empty() const noexcept { return start.empty() && ready.empty() && stop.empty(); }
};

struct Runner {
    std::string name;                  // "native", "qemu-aarch64", "wine", "project"
    std::vector<std::string> command;  // stands before the program and its arguments
    std::vector<std::pair<std::string, std::string>> variables = {};
    MachineCommands machine = {};
    std::filesystem::path wine_prefix = {};  // that needs Go's random numbers; empty: none
};

struct RunnerQuery {
    const Target& target;
    const base::Environment& environment;  // the user's: their PATH has the emulators
    std::filesystem::path goroot;
    std::filesystem::path prefixes;  // where Wine's prefixes are
    std::optional<ProjectRunner> own = {};
};

// What may run the target's programs, the best first; whether one does, its canary tells. Empty
// where there is nothing of the kind.
std::vector<Runner> runners_for(const RunnerQuery& query);

// Whether this machine runs programs of `target` by QEMU and has no C library of that machine for
// it, so that only programs that are linked statically start.
bool runs_only_static(const RunnerQuery& query);

// What to do where there is no runner: "apt-get install qemu-user", or to name one in [cross].
std::string runner_hint(const Target& target);

}  // namespace gov::cross
