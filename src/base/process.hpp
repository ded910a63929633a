// SPDX-License-Identifier: Apache-2.0
#pragma once
// Other programs: run to their end with their output collected, or put in this one's place.

#include "base/environment.hpp"
#include "base/unique_fd.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace gov::base {

struct ProcessSpec {
    std::vector<std::string> arguments;  // the program's path first
    Environment environment;
    std::filesystem::path directory = ".";
    std::optional<std::chrono::seconds> limit = {};  // its process group is ended after that
};

struct ProcessResult {
    int status = 0;  // exit status, or 128 + the signal that ended it
    std::string output;
    std::string errors;
};

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

// A program that runs beside this one, in a process group of its own, with no descriptors but those
// handed to it; of the standard ones, those that are not lead nowhere. Ended when this object is.
class ChildProcess {
public:
    // Throws Error if it cannot be started.
    ChildProcess(const ProcessSpec& spec, std::span<const Handed> descriptors);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    // Kills the whole group, unless wait() has returned. May be called from any thread until then.
    void end() const noexcept;
    // Its exit status, or 128 + the signal that ended it. To be called once.
    int wait();

private:
    pid_t pid_;  // -1 after wait()
};

// Runs the program in a process group of its own and collects what it prints. When this process
// is interrupted (base/interrupt.hpp) the whole group is ended and Error (ExitCode::interrupted)
// thrown; so it is after `limit` (ExitCode::time_limit). Throws Error if it cannot be started.
ProcessResult run(const ProcessSpec& spec);

// Replaces this process. Returns only by throwing Error: ExitCode::not_found where the program
// does not exist, ExitCode::not_executable where it cannot be run.
[[noreturn]] void replace_process(const ProcessSpec& spec);

// The path of the program `name` as execvp would find it in `path` (a PATH value); empty if none.
std::string find_program(std::string_view name, std::string_view path);

}  // namespace gov::base
