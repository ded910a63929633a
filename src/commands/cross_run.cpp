// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "base/process_tree.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_running.hpp"
#include "commands/exec_code.hpp"
#include "cross/go_build.hpp"
#include "cross/kept_folder.hpp"
#include "cross/running/test_build.hpp"
#include "cross/temporary_directory.hpp"

#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

constexpr auto options =
    joined_options(cross_program_options, cross_c_options,
                   std::array{
                       Option{.name = "timeout",
                              .value = "TIME",
                              .help = "end it and all that it started after that"},
                   });

// The one program that the request names, built for its target into `directory`.
fs::path build_program(const CrossRequest& request, const Invocation& invocation,
                       const fs::path& directory) {
    const cross::Plan plan = cross::make_plan(request.plan);
    if (plan.steps.size() != 1)
        throw Error{base::format("that names {} programs, and one can be run", plan.steps.size()),
                    "name one: --package ./cmd/NAME", ExitCode::usage};
    const cross::Step& step = plan.steps[0];
    if (step.failure) std::rethrow_exception(step.failure);
    const cross::KeptFolder kept{
        cross::kept_folder_of(request.plan.directory, invocation.environment)};
    const cross::GoBuild built = cross::run_go_build(
        step, {.goroot = request.plan.goroot,
               .directory = request.plan.directory,
               .kept = kept.path(),
               .temporary = directory,
               .compilers = request.plan.compilers,
               .note = [&](const std::string& text) { invocation.output.note(text); }});
    if (!built.succeeded)
        throw Error{base::format("building it for {}: {}", step.target.str(), built.log)};
    const fs::path program = directory / step.file;
    fs::copy_file(built.file, program);  // another build may replace what is kept
    return program;
}

int run_for(const Invocation& invocation, std::vector<std::string> words) {
    CrossRequest request = cross_request(invocation);
    request.plan.targets = {words[0]};
    const auto targets = targets_to_run(request, request.plan.targets);
    if (targets.size() != 1)
        throw Error{base::format("{} names {} targets, and one can be run",
                                 base::printable(words[0]), targets.size()),
                    {},
                    ExitCode::usage};
    words.erase(words.begin());
    if (const auto& rest = invocation.arguments.rest)
        words.insert(words.end(), rest->begin(), rest->end());
    std::optional<std::chrono::seconds> limit;
    if (invocation.arguments.has("timeout")) limit = time_limit_of(invocation.arguments, {});
    const cross::TemporaryDirectory temporary;
    const cross::RunContext context =
        run_context(invocation, request, targets[0], temporary.path());
    if (cross::needs_static(settings_for(request.plan, targets[0]).c, context))
        request.plan.flags.c.is_static = true;
    const fs::path program = build_program(request, invocation, temporary.path());
    cross::RunnerChoice choice = cross::choose_runner(context);
    if (!choice.runner)
        throw Error{base::format("running a program for {}: {}", targets[0].str(), choice.reason),
                    choice.hint, ExitCode::missing_dependency};
    words.insert(words.begin(), program.native());
    const auto status = choice.runner->run(words, invocation.directory, limit);
    const cross::MachineEnd end = choice.runner->stop();
    if (!end.loss.empty())
        invocation.output.note(base::format("the machine was lost while it ran: {}", end.loss));
    if (!end.problem.empty())
        invocation.output.note(base::format("stopping the machine: {}", end.problem));
    if (!status)
        throw Error{base::format("{} and what it started were ended after {} s",
                                 program.filename().native(),
                                 limit.value_or(std::chrono::seconds{0}).count()),
                    {},
                    ExitCode::time_limit};
    return *status;
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    base::adopt_orphans();
    return static_cast<ExitCode>(run_for(invocation, invocation.arguments.words));
}

}  // namespace

constinit const Command cross_run_command{
    .name = "cross run",
    .topic = Topic::cross,
    .summary = "build a program for a target, and run it here",
    .words = "TARGET [WORD]... [-- WORD...]",
    .fewest_words = 1,
    .most_words = any_number,
    .takes_rest = true,
    .completes = WordKind::target,
    .options = options,
    .help =
        "Runs it natively, in qemu-user or Wine, or as runner in [cross] says, with the\n"
        "words as its arguments; those that start with a dash stand after \"--\". Its exit\n"
        "status is returned. What it leaves running is ended.",
    .run = run,
};

}  // namespace gov::commands
