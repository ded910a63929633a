// SPDX-License-Identifier: Apache-2.0
#pragma once
// ProjectFile: all that a .gotoolchain.toml says.

#include "project/pin_file.hpp"
#include "project/toml.hpp"
#include "project/tools_table.hpp"
#include "project/value_template.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

// A variable of [env].
struct ProjectVariable {
    std::string name;
    std::optional<ValueTemplate> value;  // nullopt: the variable is to be unset
    TomlPlace place;
};

struct ProjectFile {
    TomlFile document;            // for the table that others read, [cross]
    std::optional<Pin> pin = {};  // nullopt: no `go` line
    bool inherits = false;        // whether it builds on the file of the nearest directory above
    std::vector<ProjectVariable> variables = {};
    std::vector<std::string> dotenv = {};          // files, relative to the project, in their order
    std::vector<ValueTemplate> path_entries = {};  // relative to the project, the first one first
    std::vector<Tool> tools = {};

    // Whether it asks for anything but a release of Go: all of that needs trust.
    bool needs_trust() const noexcept;

    // Whether its `go` line names a linked toolchain.
    bool wants_linked() const noexcept {
        return pin && pin->specs[0].kind() == toolchain::VersionSpec::Kind::linked;
    }

    // Whether it has a say in the environment of the project's shells and programs.
    bool wants_environment() const noexcept {
        return inherits || !variables.empty() || !dotenv.empty() || !path_entries.empty() ||
               !tools.empty();
    }
};

// What the text of the project's file `path` says. Throws Error (ExitCode::usage)
// "path:line:column: what is wrong" with what was expected; so, before anything else, for a
// gov_version that this gov does not meet.
ProjectFile parse_project_file(const std::filesystem::path& path, std::string_view text);

}  // namespace gov::project
