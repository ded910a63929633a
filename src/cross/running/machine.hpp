// SPDX-License-Identifier: Apache-2.0
#pragma once
// Machine: a simulator, a virtual machine or another computer that runs programs for a while, and
// is stopped whatever happens to this process.

#include "base/child_process.hpp"
#include "cross/running/runner.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gov::cross {

// How a machine ended. Both are empty where there is nothing to say.
struct MachineEnd {
    std::string loss;     // its start failed after it was ready: what ran then proves nothing
    std::string problem;  // why stopping it failed
};

// It is in the hands of a process of its own (hold_machine), which stops it as soon as this object,
// or the process that has it, is gone.
class Machine {
public:
    // Starts it and waits until it is ready. What its commands print goes to the file `log`. Throws
    // Error: it did not start or was not ready in time, after it was stopped again.
    Machine(const MachineCommands& commands, const base::Environment& environment,
            const std::filesystem::path& directory, const std::filesystem::path& log);
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    ~Machine();

    // Stops it and waits for that; does nothing where it was stopped before.
    MachineEnd stop() noexcept;
    // The process that holds it; 0 once it is stopped.
    pid_t holder() const noexcept { return holder_ ? holder_->id() : 0; }

private:
    base::Pipe lifeline_;
    base::Pipe answers_;
    std::optional<base::ChildProcess> holder_;
};

// The other side: starts the machine, answers on standard output, and stops the machine at the end
// of standard input. Whatever its commands have started is ended then. A start that fails, be it
// after the machine was ready, is told.
void hold_machine(const MachineCommands& commands, const std::filesystem::path& log);

}  // namespace gov::cross
