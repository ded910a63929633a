// SPDX-License-Identifier: Apache-2.0
#pragma once
// Building the programs of a project's [tools] with the Go that is in effect there.

#include "activation/selection.hpp"
#include "commands/command.hpp"
#include "commands/project_text.hpp"
#include "project/tools_table.hpp"
#include "store/tool_set.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::commands {

// A project's file and the toolchain that its tools are built with.
struct ToolProject {
    ReadProject project;
    activation::Selection selection;  // installed

    // The set that it wants where its table has `tools`.
    store::ToolSet set(const store::Places& places, const std::vector<project::Tool>& tools) const;
};

// The project of `word`, a directory or a .gotoolchain.toml; the nearest one for an empty word.
// Throws Error: ExitCode::usage where there is none, ExitCode::not_trusted where it may not have
// anything built, ExitCode::no_release where no toolchain is in effect.
ToolProject require_tool_project(const Invocation& invocation, const store::Places& places,
                                 const std::string& word);

// The version of a tool that is to be the newest there is.
inline constexpr const char* newest_version = "latest";

// Builds the programs of `tools` and gives the set its name. Those that another set of the project
// has of the same toolchain are taken from there. Returns the tools, with the version that the
// newest one was. Says what it does and what the go command says. Throws Error, with nothing
// changed, where one of them cannot be built or is not what was asked for.
std::vector<project::Tool> build_tools(const Invocation& invocation, const store::Places& places,
                                       const ToolProject& project,
                                       std::vector<project::Tool> tools);

}  // namespace gov::commands
