// SPDX-License-Identifier: Apache-2.0
#pragma once
// Program: another program that runs beside this one, known by its process, unlike ChildProcess
// with this process's standard streams as far as it is not given others.

#include "base/process.hpp"
#include "base/unique_fd.hpp"

#include <span>

#include <sys/types.h>

namespace gov::base {

class Program {
public:
    enum class Group {
        own,     // which end() ends
        shared,  // this process's, where the terminal's signals and input reach it
    };

    // Throws Error if it cannot be started.
    Program(const ProcessSpec& spec, Group group, std::span<const Handed> descriptors = {});
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    // Ends it.
    ~Program();

    pid_t id() const noexcept { return pid_; }
    // Can be read once it has ended.
    int ended() const noexcept { return ended_.get(); }
    void end() const noexcept;
    // Its exit status, or 128 + the signal that ended it. To be called once.
    int wait();

private:
    pid_t pid_;  // -1 after wait()
    Group group_;
    UniqueFd ended_;
};

// A descriptor that can be read once the process `pid` has ended. Throws Error where there is none.
UniqueFd watch_process(pid_t pid);

}  // namespace gov::base
