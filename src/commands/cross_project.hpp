// SPDX-License-Identifier: Apache-2.0
#pragma once
// CrossProject: the project's file whose table [cross] says what a cross build builds.

#include "base/environment.hpp"
#include "cross/cross_table.hpp"
#include "cross/running/runner_table.hpp"
#include "store/places.hpp"

#include <filesystem>
#include <optional>

namespace gov::commands {

struct CrossProject {
    std::filesystem::path directory;  // of the file: its paths and packages are relative to this
    cross::CrossTable table;
    cross::TestTable test;
};

// The nearest project's file around `directory` that has a table [cross], itself or, where it
// inherits, one above it; nullopt where none has. Throws Error: ExitCode::not_trusted where one of
// these files is not trusted, ExitCode::usage where one makes no sense.
std::optional<CrossProject> cross_project(const std::filesystem::path& directory,
                                          const store::Places& places);

}  // namespace gov::commands
