// SPDX-License-Identifier: Apache-2.0
#include "activation/plan.hpp"
#include "activation/project_environment.hpp"
#include "activation/selection.hpp"
#include "activation/state.hpp"
#include "activation/verdict.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "commands/all_commands.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using activation::Plan;
using activation::ProjectEnvironment;
using activation::Selection;
using activation::State;
using activation::Verdict;
using base::ExitCode;
using base::Json;

constexpr std::array options{json_option};

// Everything there is to say about a directory and the environment in it.
struct Situation {
    std::string directory;
    std::optional<Selection> selection;  // nullopt: none, or the verdict's note says why
    ProjectEnvironment project;
    Verdict verdict;
    State active;  // what gov has changed in this environment so far
    Plan plan;     // what the next prompt changes
};

std::optional<Selection> selection_in(activation::Sight& sight, const Invocation& invocation,
                                      const store::Places& places) {
    try {
        return activation::select(sight, invocation.environment, places);
    } catch (const base::Error&) {
        return std::nullopt;  // the verdict says what is wrong
    }
}

Situation situation_of(const Invocation& invocation) {
    const auto& environment = invocation.environment;
    const store::Places places = store::Places::of(environment);
    Situation here;
    here.directory = invocation.directory.native();
    activation::Sight sight{here.directory};
    here.selection = selection_in(sight, invocation, places);
    const auto goroot = here.selection && here.selection->toolchain
                            ? std::optional{here.selection->toolchain->goroot}
                            : std::nullopt;
    here.verdict = activation::reach_verdict(here.directory, environment, places);
    activation::Dependencies unwatched;
    here.project = activation::project_environment(sight, goroot, environment, places, unwatched);
    here.active = activation::parse_state(environment.get(activation::state_variable).value_or(""))
                      .value_or(State{});
    std::ranges::reverse(here.active.entries);  // as they stand on PATH
    here.plan = activation::plan_to(here.verdict.goal, environment);
    std::erase_if(here.plan.changes, [](const activation::Setting& change) {
        return change.name == activation::state_variable;
    });
    return here;
}

Json text_or_null(const std::optional<std::string>& value) {
    return value ? Json{base::printable(*value)} : Json{};
}

Json list_of(const std::vector<std::string>& texts) {
    Json::Array list;
    for (const std::string& text : texts) list.emplace_back(base::printable(text));
    return list;
}

Json to_json(const Situation& here) {
    Json::Array parts;
    for (const auto& [file, standing] : here.project.parts)
        parts.push_back(Json::Object{{"file", base::printable(file.native())},
                                     {"trust", trust::name_of(standing)}});
    Json::Array active;
    for (const auto& [name, ours, original] : here.active.variables)
        active.push_back(Json::Object{
            {"name", name}, {"value", text_or_null(ours)}, {"original", text_or_null(original)}});
    Json::Array pending;
    for (const auto& [name, value] : here.plan.changes)
        pending.push_back(Json::Object{{"name", name}, {"value", text_or_null(value)}});
    Json version;
    Json reason;
    if (here.selection) {
        version = here.selection->version.name();
        reason = here.selection->reason();
    }
    return Json::Object{{"directory", base::printable(here.directory)},
                        {"version", std::move(version)},
                        {"reason", std::move(reason)},
                        {"installed", here.selection && here.selection->toolchain.has_value()},
                        {"project", std::move(parts)},
                        {"note", base::or_null(here.verdict.note)},
                        {"active", Json::Object{{"variables", std::move(active)},
                                                {"path", list_of(here.active.entries)}}},
                        {"pending", Json::Object{{"variables", std::move(pending)},
                                                 {"path_without", list_of(here.plan.dropped)},
                                                 {"path_with", list_of(here.plan.added)},
                                                 {"kept", list_of(here.plan.kept)}}}};
}

std::string row(std::string_view name, std::string_view text) {
    return base::format("{:<10} {}\n", name, text);
}

std::string active_text(const State& state) {
    std::string text;
    for (const auto& [name, ours, original] : state.variables)
        text += row("set", ours ? name + "=" + base::printable(*ours) : name + " is unset");
    for (const std::string& entry : state.entries) text += row("on PATH", base::printable(entry));
    return text.empty() ? row("set", "nothing in this environment") : text;
}

std::string pending_text(const Plan& plan) {
    std::string text;
    for (const auto& [name, value] : plan.changes)
        text += row("will set", value ? name + "=" + base::printable(*value) : name + " is unset");
    for (const std::string& entry : plan.dropped) text += row("will drop", base::printable(entry));
    for (const std::string& entry : plan.added) text += row("will add", base::printable(entry));
    for (const std::string& name : plan.kept)
        text += row("kept", name + ", which is no longer what gov set it to");
    return text;
}

std::string to_text(const Situation& here) {
    std::string text = row("directory", base::printable(here.directory));
    if (here.selection)
        text += row("go", base::format("{} ({})", here.selection->version.name(),
                                       here.selection->reason()));
    else
        text += row("go", "no version is chosen");
    for (const auto& [file, standing] : here.project.parts)
        text += row("project", base::format("{} ({})", base::printable(file.native()),
                                            trust::name_of(standing)));
    for (const std::string_view line : base::lines_of(here.verdict.note)) text += row("note", line);
    return text + active_text(here.active) + pending_text(here.plan);
}

ExitCode run(const Invocation& invocation) {
    const Situation here = situation_of(invocation);
    invocation.output.result(invocation.arguments.has("json") ? to_json(here).write()
                                                              : to_text(here));
    return ExitCode::done;
}

}  // namespace

constinit const Command status_command{
    .name = "status",
    .topic = Topic::projects,
    .summary = "show what is in effect here, why, and what would change",
    .options = options,
    .help =
        "\"set\" and \"on PATH\" are what gov has changed in this environment so far; \"will\n"
        "…\" is what a shell with gov's hook does at its next prompt.",
    .run = run,
};

}  // namespace gov::commands
