// SPDX-License-Identifier: Apache-2.0
#include "activation/answer.hpp"
#include "activation/plan.hpp"
#include "activation/shell_syntax.hpp"
#include "activation/verdict.hpp"
#include "base/format.hpp"
#include "commands/all_commands.hpp"
#include "store/places.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const activation::ShellSyntax& shell = activation::require_shell(invocation.arguments.words[0]);
    const activation::Verdict verdict =
        activation::reach_verdict(invocation.directory.native(), invocation.environment,
                                  store::Places::of(invocation.environment));
    const activation::Plan plan = activation::plan_to(verdict.goal, invocation.environment);
    for (const std::string& name : plan.kept)
        invocation.output.note(
            base::format("{} is no longer what gov set it to: it stays as it is", name));
    // In one write: the hook evaluates all of it or nothing.
    invocation.output.result(activation::answer(verdict, plan, invocation.environment, shell));
    return ExitCode::done;
}

}  // namespace

constinit const Command export_command{
    .name = "export",
    .summary = "print what the shell's hook evaluates before a prompt",
    .words = "bash|zsh|fish",
    .fewest_words = 1,
    .most_words = 1,
    .completes = WordKind::shell,
    .run = run,
    .internal = true,
};

}  // namespace gov::commands
