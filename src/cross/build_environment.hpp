// SPDX-License-Identifier: Apache-2.0
#pragma once
// The environment that every go command of a cross build runs in.

#include "base/environment.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

struct BuildEnvironment {
    base::Environment variables;       // all but what a target adds
    std::vector<std::string> dropped;  // GO… settings of the user that do not count
};

// What builds with the toolchain in `goroot` get, whatever `user` has set: its own settings, Go's
// directories resolved, what networks and version control need, and nothing else. How modules are
// fetched and proved is set explicitly, as `goroots` (store::goroots_with_settings) and that of the
// toolchain itself say where the user does not. Throws Error (ExitCode::usage) where Go's cache has
// no place.
BuildEnvironment build_environment(const base::Environment& user,
                                   const std::filesystem::path& goroot,
                                   std::vector<std::filesystem::path> goroots);

// Where go keeps its build cache for `user`, a toolchain's own settings left aside. Throws Error
// as above.
std::string build_cache_of(const base::Environment& user);

// The variables of `environment` as logs and listings may show them, as NAME=value: without the
// user names and passwords that URLs hold.
std::vector<std::string> shown_entries(const base::Environment& environment);

}  // namespace gov::cross
