// SPDX-License-Identifier: Apache-2.0
#pragma once
// What gov cross test, run and doctor have in common: targets, and what runs their programs.

#include "commands/command.hpp"
#include "commands/cross_request.hpp"
#include "cross/running/ready_runner.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::commands {

// The targets that `patterns` name; without one those of [cross.test], else those of [cross], else
// the default ones. Throws Error (ExitCode::usage).
std::vector<cross::Target> targets_to_run(const CrossRequest& request,
                                          const std::vector<std::string>& patterns);

// What programs of `target` are run with. `temporary` is this run's own directory.
cross::RunContext run_context(const Invocation& invocation, const CrossRequest& request,
                              const cross::Target& target, const std::filesystem::path& temporary);

// What [cross] says for `target` in all builds.
cross::BuildSettings settings_for(const cross::PlanRequest& plan, const cross::Target& target);

// The time in --timeout, else `otherwise`. Throws Error (ExitCode::usage).
std::chrono::seconds time_limit_of(const Arguments& arguments, std::chrono::seconds otherwise);

}  // namespace gov::commands
