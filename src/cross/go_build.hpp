// SPDX-License-Identifier: Apache-2.0
#pragma once
// run_go_build(): go's own part of one step.

#include "cross/build.hpp"

#include <filesystem>
#include <string>

namespace gov::cross {

struct GoBuild {
    bool succeeded = false;
    std::filesystem::path file;  // what go wrote
    std::string log;             // what go said
    std::filesystem::path log_file;
};

// Runs go build for `step` into options.kept, where an unchanged program is not linked again.
// Throws Error: interrupted, or out of time (ExitCode::time_limit).
GoBuild run_go_build(const Step& step, const BuildOptions& options);

// The SHA-256 of the file `path`, in hex. Throws Error.
std::string digest_of(const std::filesystem::path& path);

}  // namespace gov::cross
