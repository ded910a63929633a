// SPDX-License-Identifier: Apache-2.0
#pragma once
// The canary: a program that shows whether a runner runs programs, and tells how they end.

#include "base/environment.hpp"
#include "cross/target.hpp"
#include "toolchain/go_version.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace gov::cross {

// Builds it, in the folder `cache`, with the toolchain in `goroot` and `environment` (of go, which
// names the target). It prints its first argument and exits with the number in its second. Calls
// `before` where it was never built before, which may take a while. Throws Error.
std::filesystem::path build_canary(const std::filesystem::path& cache,
                                   const std::filesystem::path& goroot,
                                   const toolchain::GoVersion& version, const Target& target,
                                   base::Environment environment,
                                   const std::function<void()>& before);

// A word that no program prints by itself, and a status that none ends with by itself.
struct CanaryCall {
    std::string word;
    int status;

    CanaryCall();
};

}  // namespace gov::cross
