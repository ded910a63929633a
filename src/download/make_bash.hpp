// SPDX-License-Identifier: Apache-2.0
#pragma once
// run_make_bash(): Go's own build of its source.

#include "base/environment.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace gov::download {

// Runs src/make.bash of the tree `goroot` with the toolchain in `bootstrap`, in an environment made
// for it, and has it pack up what it built in pkg/distpack. Its output goes to the file `log`, and
// each line that names a step to `step`. Throws Error where it fails or there is no bash.
void run_make_bash(const std::filesystem::path& goroot, const std::filesystem::path& bootstrap,
                   const base::Environment& user, const std::filesystem::path& log,
                   const std::function<void(const std::string&)>& step);

}  // namespace gov::download
