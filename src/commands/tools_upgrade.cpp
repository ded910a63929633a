// SPDX-License-Identifier: Apache-2.0
#include "base/closest_word.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/pinning.hpp"
#include "commands/tool_building.hpp"

#include <algorithm>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;
using project::Tool;

void refuse_unknown(const std::vector<std::string>& names, const ReadProject& project) {
    std::vector<std::string_view> known;
    for (const Tool& tool : project.file.tools) known.push_back(tool.name);
    for (const std::string& name : names) {
        if (std::ranges::find(known, name) != known.end()) continue;
        const auto nearest = base::closest_word(name, known);
        throw Error{base::format("{} names no tool {}", base::printable(project.path.native()),
                                 base::printable(name)),
                    nearest ? base::format("did you mean {}?", *nearest)
                            : std::string{"gov tools list shows them"},
                    ExitCode::usage};
    }
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const ToolProject project = require_tool_project(invocation, places, {});
    const auto& names = invocation.arguments.words;
    const std::vector<Tool>& before = project.project.file.tools;
    refuse_unknown(names, project.project);
    std::vector<Tool> tools = before;
    for (Tool& tool : tools)
        if (names.empty() || std::ranges::find(names, tool.name) != names.end())
            tool.version = newest_version;
    tools = build_tools(invocation, places, project, std::move(tools));
    const std::filesystem::path& path = project.project.claim.path;
    const std::string text = project::read_pin_file(path).value_or("");
    std::string edited = text;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const bool is_newer = tools[i].version != before[i].version;
        if (is_newer) edited = project::with_tool(path, edited, tools[i]);
        invocation.output.result(
            is_newer
                ? base::format("{} {} -> {}\n", tools[i].name, before[i].version, tools[i].version)
                : base::format("{} {}\n", tools[i].name, tools[i].version));
    }
    if (edited != text) write_project_file(path, text, edited, places);
    return ExitCode::done;
}

}  // namespace

constinit const Command tools_upgrade_command{
    .name = "tools upgrade",
    .topic = Topic::projects,
    .summary = "move the project's tools on to their newest versions",
    .words = "[NAME]...",
    .most_words = any_number,
    .help =
        "Builds the newest version of all tools of [tools] in the nearest\n"
        ".gotoolchain.toml, or of those that are named, and then edits their lines.",
    .run = run,
};

}  // namespace gov::commands
