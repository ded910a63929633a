// SPDX-License-Identifier: Apache-2.0
#pragma once
// ProjectSource: a .gotoolchain.toml that has a say in a directory, and how its user stands to it.

#include "activation/sight.hpp"
#include "trust/judgement.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::activation {

// A project's file as a Sight has it: the bytes that are judged are those that it was parsed from.
struct ProjectSource {
    std::filesystem::path path;
    const std::string& text;
    const project::ProjectFile& file;
    trust::Judgement judgement = {};  // of trust::judge(), once it was asked
};

// The nearest file in `sight`, and those above it while each inherits; nothing where there is none.
// They last as long as `sight`. Throws Error (ExitCode::usage) for one that makes no sense, or
// inherits from nothing.
std::vector<ProjectSource> project_sources(Sight& sight);

}  // namespace gov::activation
