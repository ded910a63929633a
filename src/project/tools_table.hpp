// SPDX-License-Identifier: Apache-2.0
#pragma once
// The table [tools]: programs that a project wants built with its own Go.

#include "project/toml.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

struct Tool {
    std::string name;     // of the program
    std::string package;  // its import path
    std::string version;  // of its module, "v0.16.2"
    TomlPlace begin;      // of the value in the file, its quotes included
    TomlPlace end;

    // As `go install` takes it.
    std::string query() const { return package + "@" + version; }
};

// What a value of [tools] or a user names: "golang.org/x/tools/gopls@v0.16.2".
struct PackageQuery {
    std::string package;
    std::string version;  // empty where none is named

    // Throws Error (ExitCode::usage) for what is no import path of a module on the network, or
    // where the version is none: a name that moves, as "latest", is not.
    static PackageQuery require(std::string_view text);
};

// The tools of `table` in `file`, by name. Throws Error (ExitCode::usage) with the place of what
// makes no sense.
std::vector<Tool> read_tools(const TomlFile& file, const TomlValue::Table& table);

// What `go install` calls the program of `package`: its last element that is no major version.
std::string program_of(std::string_view package);

// Whether `name` can be a tool's: letters, digits, '.', '_', '-', and no name of Go's own.
bool is_tool_name(std::string_view name);

// The text of the project's file `path` with `tool` in its table, in place of one of that name or
// as a new line at the end; comments and all else stay. Throws Error (ExitCode::usage) where the
// table is spelled in a way that gov does not edit.
std::string with_tool(const std::filesystem::path& path, std::string_view text, const Tool& tool);

}  // namespace gov::project
