// SPDX-License-Identifier: Apache-2.0
#include "activation/goal.hpp"
#include "activation/plan.hpp"
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "project/config.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;
using Values = std::vector<std::pair<std::string, std::string>>;

constexpr std::array options{
    Option{.name = "gov", .value = "", .help = "print where gov itself keeps things instead"},
    json_option};

Values own_places(const store::Places& places) {
    return {{"home", places.home},
            {"versions", places.versions()},
            {"receipts", places.receipts()},
            {"staging", places.staging()},
            {"trash", places.trash()},
            {"locks", places.locks()},
            {"downloads", places.downloads()},
            {"links", places.links()},
            {"shims", places.shims()},
            {"default", places.default_file()},
            {"config", places.config / project::config_file_name},
            {"state", places.state},
            {"cache", places.cache}};
}

// What the toolchain in effect sets, with the value each variable then has.
Values set_here(const Invocation& invocation, const store::Places& places) {
    activation::Sight sight{invocation.directory.native()};
    const auto selection = activation::require_selection(sight, invocation.environment, places);
    const auto project =
        activation::project_environment(sight, selection, invocation.environment, places);
    if (project.refusal) invocation.output.note(activation::in_one_line(*project.refusal));
    for (const std::string& note : project.notes) invocation.output.note(note);
    const auto after = activation::environment_for(selection, project, invocation.environment);
    activation::Goal goal = activation::goal_of(selection);
    activation::add_to(goal, project);
    Values values;
    for (const auto& [name, value] : goal.variables)
        if (value) values.emplace_back(name, *value);
    values.emplace_back("PATH", after.get("PATH").value_or(""));
    return values;
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const Values values =
        invocation.arguments.has("gov") ? own_places(places) : set_here(invocation, places);
    if (invocation.arguments.has("json")) {
        Json::Object members;
        for (const auto& [name, value] : values) members.emplace_back(name, value);
        invocation.output.result(Json{members}.write());
        return ExitCode::done;
    }
    std::string text;
    for (const auto& [name, value] : values)
        text += base::format("{}={}\n", name, base::printable(value));
    invocation.output.result(text);
    return ExitCode::done;
}

}  // namespace

constinit const Command env_command{
    .name = "env",
    .topic = Topic::running,
    .summary = "print the variables that the toolchain in effect sets here",
    .options = options,
    .help = "The lines are for people; scripts use --json or gov exec.",
    .run = run,
};

}  // namespace gov::commands
