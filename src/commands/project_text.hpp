// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a project's file asks for, in words, for those who have to decide about it.

#include "base/environment.hpp"
#include "project/project_file.hpp"
#include "trust/claim.hpp"

#include <filesystem>
#include <string>

namespace gov::commands {

// A project's file with all that belongs to it, read once.
struct ReadProject {
    std::filesystem::path path;
    std::string text;
    project::ProjectFile file;
    trust::Claim claim;
};

// The project's file `path`. Throws Error where it is absent or makes no sense.
ReadProject read_project(const std::filesystem::path& path);

// The project's file that `word` means, a .gotoolchain.toml or its directory; the nearest one from
// `directory` upward for an empty word. Throws Error (ExitCode::usage) where there is none.
std::filesystem::path project_file_of(const std::filesystem::path& directory,
                                      const std::string& word);

// What it would set: a line for each thing, indented by two, printable. Throws Error
// (ExitCode::usage) for a .env file that makes no sense.
std::string wishes_of(const ReadProject& project, const base::Environment& environment);

// How its files differ from what `before` has of them, as "-" and "+" lines; empty where they do
// not.
std::string difference_from(const trust::Claim& before, const trust::Claim& now);

}  // namespace gov::commands
