// SPDX-License-Identifier: Apache-2.0
#pragma once
// The go.work or go.mod that the go command would read in a directory, and what it says.

#include "activation/dependencies.hpp"
#include "activation/landmark.hpp"
#include "base/environment.hpp"
#include "project/go_env.hpp"
#include "project/go_mod.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace gov::activation {

struct ModuleFile {
    std::filesystem::path path;
    project::GoLines lines;
};

// Where the go command looks (cmd/go: toolchain.modGoToolchain, modload.FindGoWork): the go.work
// that GOWORK names, else the nearest one, else the nearest go.mod, or the file that -modfile in
// GOFLAGS names. None with GO111MODULE=off, and no go.mod of the directory for temporary files
// itself.
struct ModuleSearch {
    std::optional<ModuleFile> file;
    std::string failure;  // what go refuses to start for; empty: nothing
};

ModuleSearch find_module_file(std::span<const Landmark> landmarks,
                              const base::Environment& environment, const project::GoEnv& go_env,
                              Dependencies& dependencies);

}  // namespace gov::activation
