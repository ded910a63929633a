// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/pinning.hpp"
#include "commands/tool_building.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;
using project::Tool;

constexpr std::array options{Option{
    .name = "name", .value = "NAME", .help = "call the program so, not by the package's name"}};

// The tool that the command line names; without a version it is the newest.
Tool asked_for(const Arguments& arguments) {
    project::PackageQuery query = project::PackageQuery::require(arguments.words[0]);
    const std::string name{arguments.value("name").value_or("")};
    Tool tool{name.empty() ? project::program_of(query.package) : name,
              std::move(query.package),
              query.version.empty() ? newest_version : std::move(query.version),
              {},
              {}};
    if (!project::is_tool_name(tool.name))
        throw Error{base::format("\"{}\" cannot be a tool's name",
                                 base::printable(tool.name.substr(0, 64))),
                    "give it another one: --name NAME", ExitCode::usage};
    return tool;
}

ExitCode run(const Invocation& invocation) {
    const Tool asked = asked_for(invocation.arguments);
    const store::Places places = store::Places::of(invocation.environment);
    const ToolProject project = require_tool_project(invocation, places, {});
    const std::filesystem::path& path = project.project.claim.path;
    std::vector<Tool> tools = project.project.file.tools;
    std::erase_if(tools, [&](const Tool& tool) { return tool.name == asked.name; });
    tools.push_back(asked);
    std::ranges::sort(tools, {}, &Tool::name);
    project::with_tool(path, project.project.text,
                       asked);  // refused now rather than after all work
    tools = build_tools(invocation, places, project, std::move(tools));
    const Tool& built = *std::ranges::find(tools, asked.name, &Tool::name);
    const std::string before = project::read_pin_file(path).value_or("");
    write_project_file(path, before, project::with_tool(path, before, built), places);
    invocation.output.note(base::format("{} now asks for {} as {}",
                                        base::printable(project.project.path.native()),
                                        built.query(), built.name));
    invocation.output.result((project.set(places, tools).bin() / built.name).native() + "\n");
    return ExitCode::done;
}

}  // namespace

constinit const Command tools_add_command{
    .name = "tools add",
    .topic = Topic::projects,
    .summary = "build a tool and write it into the project's file",
    .words = "PACKAGE[@VERSION]",
    .fewest_words = 1,
    .most_words = 1,
    .options = options,
    .help =
        "As in: gov tools add golang.org/x/tools/gopls. Without a version it is the\n"
        "newest. The table [tools] of the nearest .gotoolchain.toml gets the version that\n"
        "was built; what the user had allowed stays allowed.",
    .run = run,
};

}  // namespace gov::commands
