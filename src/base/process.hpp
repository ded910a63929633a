// SPDX-License-Identifier: Apache-2.0
#pragma once
// Other programs: run to their end with their output collected, or put in this one's place.

#include "base/environment.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// Runs the program in a process group of its own and collects what it prints. When this process
// is interrupted (base/interrupt.hpp) the whole group is ended and Error (ExitCode::interrupted)
// thrown; so it is after `limit` (ExitCode::time_limit). Throws Error if it cannot be started.
ProcessResult run(const ProcessSpec& spec);

using Listener = std::function<void(std::string_view)>;

// As run(), but with all that the program prints, in its order, in the file `log`, which is made or
// cut to nothing, and brought to `listen` as it comes. Its status.
int run_logged(const ProcessSpec& spec, const std::filesystem::path& log,
               const Listener& listen = {});

// Replaces this process. Returns only by throwing Error: ExitCode::not_found where the program
// does not exist, ExitCode::not_executable where it cannot be run.
[[noreturn]] void replace_process(const ProcessSpec& spec);

// The path of the program `name` as execvp would find it in `path` (a PATH value); empty if none.
std::string find_program(std::string_view name, std::string_view path);

}  // namespace gov::base
