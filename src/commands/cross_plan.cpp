// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/json.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_request.hpp"
#include "cross/build_environment.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr auto options = joined_options(
    std::array{
        cross_version_option,
    },
    cross_program_options,
    std::array{
        cross_no_buildvcs_option,
    },
    cross_c_options,
    std::array{
        json_option,
    });

std::string failure_of(const cross::Step& step) {
    if (!step.failure) return {};
    try {
        std::rethrow_exception(step.failure);
    } catch (const std::exception& error) {
        return base::full_message(error);
    }
}

// What `step` has in its environment beside what all have.
std::vector<std::string> own_entries(const cross::Step& step, const base::Environment& all) {
    std::vector<std::string> own;
    for (const std::string& entry : cross::shown_entries(step.environment)) {
        const std::string_view name = std::string_view{entry}.substr(0, entry.find('='));
        if (all.get(name) != step.environment.get(name)) own.push_back(entry);
    }
    return own;
}

Json strings(const std::vector<std::string>& words) {
    return Json::Array(words.begin(), words.end());
}

// What of the project's own would run around the builds.
std::vector<std::string> commands_of(const cross::CrossTable& table) {
    std::vector<std::string> lines;
    const auto add = [&](const char* kind, const std::vector<std::string>& commands) {
        for (const std::string& command : commands)
            lines.push_back(base::format("{:<13}  {}", kind, command));
    };
    add("before", table.hooks.before);
    if (table.generates) lines.emplace_back("generate       go generate ./...");
    add("before_target", table.hooks.before_target);
    add("after_target", table.hooks.after_target);
    add("after", table.hooks.after);
    return lines;
}

Json hooks_of(const cross::CrossTable& table) {
    return Json::Object{{"before", strings(table.hooks.before)},
                        {"before_target", strings(table.hooks.before_target)},
                        {"after_target", strings(table.hooks.after_target)},
                        {"after", strings(table.hooks.after)}};
}

Json json_of(const CrossRequest& request, const cross::Plan& plan) {
    Json::Array steps;
    for (const cross::Step& step : plan.steps)
        steps.push_back(Json::Object{{"target", step.target.str()},
                                     {"build", base::or_null(step.build)},
                                     {"file", base::or_null(step.file)},
                                     {"package", base::or_null(step.package.import_path)},
                                     {"arguments", strings(step.arguments)},
                                     {"environment", strings(own_entries(step, plan.environment))},
                                     {"c", cross::to_json(step.c)},
                                     {"with_c_code", strings(step.with_c_code)},
                                     {"problem", step.failure ? Json{failure_of(step)} : Json{}}});
    return Json::Object{{"go", (request.plan.goroot / "bin/go").native()},
                        {"directory", request.plan.directory.native()},
                        {"version", base::or_null(plan.facts.version)},
                        {"environment", strings(cross::shown_entries(plan.environment))},
                        {"dropped", strings(request.dropped)},
                        {"hooks", hooks_of(request.plan.table)},
                        {"generate", request.plan.table.generates},
                        {"steps", std::move(steps)}};
}

std::string text_of(const CrossRequest& request, const cross::Plan& plan) {
    std::string text =
        base::format("go         {}\ndirectory  {}\n", (request.plan.goroot / "bin/go").native(),
                     request.plan.directory.native());
    if (!plan.facts.version.empty())
        text += base::format("version    {}\n", base::printable(plan.facts.version));
    text += "environment\n";
    for (const std::string& entry : cross::shown_entries(plan.environment))
        text += base::format("  {}\n", base::printable(entry));
    for (const std::string& name : request.dropped)
        text += base::format("not used   {}, which is set\n", name);
    for (const std::string& line : commands_of(request.plan.table))
        text += base::printable(line) + "\n";
    for (const cross::Step& step : plan.steps) {
        text += base::format("{}  {}\n", step.target.str(), base::printable(step.file));
        if (step.failure) {
            text += base::format("  cannot be built: {}\n", base::printable(failure_of(step)));
            continue;
        }
        for (const std::string& entry : own_entries(step, plan.environment))
            text += base::format("  {}\n", base::printable(entry));
        for (const std::string& package : step.with_c_code)
            text += base::format("  {} has C code\n", base::printable(package));
        text += base::format("  C code     {}\n", base::printable(cross::text_of(step.c)));
        text += "  go";
        for (const std::string& word : step.arguments) {
            const bool quoted = word.find(' ') != std::string::npos;
            text += quoted ? base::format(" \"{}\"", base::printable(word))
                           : " " + base::printable(word);
        }
        text += base::format(" -- {}\n", base::printable(step.pattern));
    }
    return text;
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const CrossRequest request = cross_request(invocation);
    const cross::Plan plan = cross::make_plan(request.plan);
    for (const std::string& note : plan.notes) invocation.output.note(note);
    invocation.output.result(invocation.arguments.has("json") ? json_of(request, plan).write()
                                                              : text_of(request, plan));
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_plan_command{
    .name = "cross plan",
    .topic = Topic::cross,
    .summary = "show what a cross build would run",
    .words = "[TARGET]...",
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "Prints the whole environment that go gets, the settings of the user that do not\n"
        "count, and each go command with the name of what it makes. Builds nothing.",
    .run = run,
};

}  // namespace gov::commands
