// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/tool_building.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const auto& words = invocation.arguments.words;
    const ToolProject project =
        require_tool_project(invocation, places, words.empty() ? std::string{} : words[0]);
    const auto& tools = project.project.file.tools;
    if (tools.empty())
        throw base::Error{
            base::format("{} names no tools", base::printable(project.project.path.native())),
            "gov tools add PACKAGE writes one into it", ExitCode::usage};
    build_tools(invocation, places, project, tools);
    const store::ToolSet set = project.set(places, tools);
    for (const project::Tool& tool : tools)
        invocation.output.result((set.bin() / tool.name).native() + "\n");
    return ExitCode::done;
}

}  // namespace

constinit const Command tools_install_command{
    .name = "tools install",
    .topic = Topic::projects,
    .summary = "build the tools that the project names, with its own Go",
    .words = "[DIR]",
    .most_words = 1,
    .completes = WordKind::file,
    .help =
        "They are those of [tools] in the nearest .gotoolchain.toml, or that of DIR, and\n"
        "are built with the Go that is in effect here. They are kept for this project,\n"
        "and on PATH inside it. Prints their paths. What is built already stays.",
    .run = run,
};

}  // namespace gov::commands
