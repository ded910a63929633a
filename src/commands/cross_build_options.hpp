// SPDX-License-Identifier: Apache-2.0
#pragma once
// What gov cross build was asked for, by its options and by the project's table [cross].

#include "commands/cross_request.hpp"
#include "cross/release/release_files.hpp"

namespace gov::commands {

// How the artifacts are built. Throws Error (ExitCode::usage).
cross::BuildOptions build_options(const Invocation& invocation, const CrossRequest& request);

// What stands beside them. Throws Error (ExitCode::usage).
cross::ReleaseOptions release_options(const Invocation& invocation, const CrossRequest& request);

}  // namespace gov::commands
