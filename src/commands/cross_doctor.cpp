// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/json.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "base/process_tree.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_running.hpp"
#include "commands/progress.hpp"
#include "cross/doctor.hpp"
#include "cross/temporary_directory.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;
using cross::Conditions;

constexpr std::array options{json_option};

void examine_targets(const Invocation& invocation, const CrossRequest& request,
                     const std::vector<cross::Target>& targets, Conditions& conditions) {
    std::vector<std::string> names;
    for (const cross::Target& target : targets) names.push_back(target.str());
    Progress progress{invocation.output, names};
    for (std::size_t i = 0; i < targets.size(); ++i) {
        progress.set_text(i, "trying its runner");
        const cross::TemporaryDirectory temporary;
        cross::examine_runner(run_context(invocation, request, targets[i], temporary.path()),
                              conditions);
        base::end_descendants();
        progress.set_text(i, "trying its C compiler");
        cross::examine_compiler(
            {.target = targets[i],
             .settings = settings_for(request.plan, targets[i]).c,
             .goroot = request.plan.goroot,
             .go_version = request.plan.go_version},
            request.plan.compilers, [&](const std::string& text) { invocation.output.note(text); },
            conditions);
        progress.set_text(i, std::string{cross::name_of(conditions.back().health)});
    }
}

Conditions examine(const Invocation& invocation, const CrossRequest& request) {
    const cross::PlanRequest& plan = request.plan;
    Conditions conditions;
    const auto targets = targets_to_run(request, invocation.arguments.words);
    examine_targets(invocation, request, targets, conditions);
    const bool has_windows = std::ranges::any_of(
        targets, [](const cross::Target& target) { return target.platform.os == "windows"; });
    if (has_windows) cross::examine_msvc(invocation.environment, plan.directory, conditions);
    cross::examine_tools(invocation.environment, plan.directory, conditions);
    cross::examine_resources(
        {{"Go's cache", std::string{plan.environment.get("GOCACHE").value_or("")}},
         {"modules", std::string{plan.environment.get("GOMODCACHE").value_or("")}},
         {"project", plan.directory}},
        conditions);
    cross::examine_settings(invocation.environment, request.dropped, conditions);
    return conditions;
}

std::string text_of(const Conditions& conditions) {
    std::string text;
    for (const cross::Condition& condition : conditions) {
        text += base::format("{:<8} {}: {}\n", cross::name_of(condition.health), condition.check,
                             base::printable(condition.message));
        if (!condition.hint.empty())
            text += base::format("{:<8}   {}\n", "", base::printable(condition.hint));
    }
    return text;
}

Json json_of(const Conditions& conditions) {
    Json::Array list;
    for (const cross::Condition& condition : conditions)
        list.push_back(Json::Object{{"check", condition.check},
                                    {"result", cross::name_of(condition.health)},
                                    {"message", condition.message},
                                    {"hint", base::or_null(condition.hint)}});
    return list;
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    base::adopt_orphans();
    CrossRequest request = cross_request(invocation);
    const Conditions conditions = examine(invocation, request);
    invocation.output.result(invocation.arguments.has("json") ? json_of(conditions).write()
                                                              : text_of(conditions));
    const bool is_well = std::ranges::find(conditions, cross::Health::problem,
                                           &cross::Condition::health) == conditions.end();
    return is_well ? ExitCode::done : ExitCode::failed;
}

}  // namespace

constinit const Command cross_doctor_command{
    .name = "cross doctor",
    .topic = Topic::cross,
    .summary = "look at what this machine has for cross builds",
    .words = "[TARGET]...",
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "For each target: whether something here runs its programs, and compiles C for\n"
        "it, both tried with one. Then what signs, git, memory, disk and caches, and\n"
        "settings of the user that builds do not use. With what is missing comes the\n"
        "command that installs it. Exit code 1 where there is a problem.",
    .run = run,
};

}  // namespace gov::commands
