// SPDX-License-Identifier: Apache-2.0
#pragma once
// ProjectSource: a .gotoolchain.toml that has a say in a directory, and how its user stands to it.

#include "activation/landmark.hpp"
#include "project/project_file.hpp"
#include "trust/judgement.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gov::activation {

// A project's file, read once: these bytes are judged, and these are parsed.
struct ProjectSource {
    std::filesystem::path path;
    std::string text;
    project::ProjectFile file;
    trust::Judgement judgement = {};  // of trust::judge(), once it was asked
};

// The nearest file among `landmarks`, and those above it while each inherits; nothing where there
// is none. Throws Error (ExitCode::usage) for one that makes no sense, or inherits from nothing.
std::vector<ProjectSource> project_sources(std::span<const Landmark> landmarks);

}  // namespace gov::activation
