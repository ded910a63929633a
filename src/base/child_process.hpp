// SPDX-License-Identifier: Apache-2.0
#pragma once
// ChildProcess: another program that runs beside this one.

#include "base/process.hpp"
#include "base/unique_fd.hpp"

#include <span>

#include <sys/types.h>

namespace gov::base {

// Two ends that no other program inherits. Throws Error.
struct Pipe {
    UniqueFd reader;
    UniqueFd writer;

    Pipe();
};

// A descriptor of this process, and the number that a child is to have it under.
struct Handed {
    int fd;
    int as;
};

// Ended when this object is. Of this process's descriptors it has those handed to it, and no others
// but the standard ones.
class ChildProcess {
public:
    enum class Kind {
        apart,   // in a process group of its own; standard streams not handed to it lead nowhere
        ours,    // in a process group of its own, with this process's standard streams
        joined,  // in this process's group, too, where the terminal's signals and input reach it
    };

    // Throws Error if it cannot be started.
    explicit ChildProcess(const ProcessSpec& spec, std::span<const Handed> descriptors = {},
                          Kind kind = Kind::apart);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    pid_t id() const noexcept { return pid_; }
    // Kills it, with its group where that is its own, unless wait() has returned. May be called
    // from any thread until then.
    void end() const noexcept;
    // Its exit status, or 128 + the signal that ended it. To be called once.
    int wait();

private:
    pid_t pid_;  // -1 after wait()
    Kind kind_;
};

// A descriptor that can be read once the process `pid` has ended. Throws Error where there is none.
UniqueFd watch_process(pid_t pid);

}  // namespace gov::base
