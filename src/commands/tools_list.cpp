// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/project_text.hpp"
#include "cross/artifact/artifact.hpp"
#include "store/tool_set.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;
using base::Json;
using project::Tool;

constexpr std::array options{json_option};

struct Built {
    std::string with;  // the toolchain in effect
    fs::path bin;
};

struct Situation {
    ReadProject project;
    std::optional<Built> built;  // nullopt where the tools are not, as the project names them now
};

Situation situation_of(const Invocation& invocation, const store::Places& places) {
    const auto& words = invocation.arguments.words;
    Situation here{read_project(project_file_of(invocation.directory,
                                                words.empty() ? std::string{} : words[0])),
                   {}};
    const auto selection = activation::select(invocation.directory, invocation.environment, places);
    if (!selection || !selection->toolchain) return here;
    const store::ToolSet set{places, here.project.claim.path, selection->toolchain->goroot,
                             here.project.file.tools};
    if (set.is_built()) here.built = Built{selection->name(), set.bin()};
    return here;
}

// The h1 of the module that the program was built from, which the go command checked.
std::string h1_of(const fs::path& program) {
    const auto info = cross::read_artifact_file(program).build_info;
    return info && info->main_module ? info->main_module->sum : std::string{};
}

Json to_json(const Situation& here) {
    Json::Array list;
    for (const Tool& tool : here.project.file.tools) {
        Json::Object members{{"name", tool.name},
                             {"package", tool.package},
                             {"version", tool.version},
                             {"file", here.project.path.native()},
                             {"line", static_cast<std::int64_t>(tool.begin.line)},
                             {"built", here.built.has_value()}};
        if (here.built) {
            const fs::path program = here.built->bin / tool.name;
            members.emplace_back("built_with", here.built->with);
            members.emplace_back("program", program.native());
            members.emplace_back("h1", h1_of(program));
        }
        list.emplace_back(std::move(members));
    }
    return list;
}

std::string table(const Situation& here) {
    std::size_t name_width = 0;
    std::size_t version_width = 0;
    for (const Tool& tool : here.project.file.tools) {
        name_width = std::max(name_width, tool.name.size());
        version_width = std::max(version_width, tool.version.size());
    }
    std::string text;
    for (const Tool& tool : here.project.file.tools)
        text += base::format("{:<{}}  {:<{}}  {}  {}\n", tool.name, name_width, tool.version,
                             version_width, tool.package,
                             here.built ? "built with " + here.built->with : "not built");
    return text;
}

ExitCode run(const Invocation& invocation) {
    const Situation here = situation_of(invocation, store::Places::of(invocation.environment));
    invocation.output.result(invocation.arguments.has("json") ? to_json(here).write()
                                                              : table(here));
    const auto& tools = here.project.file.tools;
    if (tools.empty())
        invocation.output.note(base::format("{} names no tools; gov tools add PACKAGE does",
                                            base::printable(here.project.path.native())));
    else if (!here.built)
        invocation.output.note("they are not built here; run: gov tools install");
    return ExitCode::done;
}

}  // namespace

constinit const Command tools_list_command{
    .name = "tools list",
    .topic = Topic::projects,
    .summary = "list the tools that the project names",
    .words = "[DIR]",
    .most_words = 1,
    .completes = WordKind::file,
    .options = options,
    .run = run,
};

}  // namespace gov::commands
