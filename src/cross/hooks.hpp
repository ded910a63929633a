// SPDX-License-Identifier: Apache-2.0
#pragma once
// The project's own commands around a cross build, and go generate before it.

#include "base/environment.hpp"
#include "cross/target.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

// Commands for the shell, run in the project's directory.
struct Hooks {
    std::vector<std::string> before = {};         // anything is planned
    std::vector<std::string> before_target = {};  // go builds one artifact
    std::vector<std::string> after_target = {};   // one artifact was proved; may change it
    std::vector<std::string> after = {};          // the output folder is whole

    bool empty() const noexcept {
        return before.empty() && before_target.empty() && after_target.empty() && after.empty();
    }
};

// Where they run.
struct HookPlace {
    std::filesystem::path directory;
    base::Environment environment;  // fixed as go's is; hooks find what is built in GOV_CROSS_*
    std::chrono::seconds limit;     // for each of them
    // Told each line that one printed which did well.
    std::function<void(const std::string&)> tell = [](const std::string&) {};
};

// The environment of hooks: that of all go commands, with `entries` on PATH after the toolchain,
// and `variables` of the table.
base::Environment hook_environment(base::Environment of_builds,
                                   const std::vector<std::string>& entries,
                                   const std::map<std::string, std::string>& variables);

// The same for one artifact: GOV_CROSS_TARGET and its parts, and GOV_CROSS_NAME, the file's.
base::Environment hook_environment(base::Environment of_hooks, const Target& target,
                                   const std::string& name);

// Runs `commands` one after the other; `kind` names them in errors. Throws Error with what one
// printed that fails, takes too long (ExitCode::time_limit), or is interrupted.
void run_hooks(std::string_view kind, const std::vector<std::string>& commands,
               const HookPlace& place);

// Runs `go generate ./...`. Throws Error as run_hooks does.
void run_go_generate(const std::filesystem::path& goroot, const HookPlace& place);

}  // namespace gov::cross
