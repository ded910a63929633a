// SPDX-License-Identifier: Apache-2.0
#include "activation/answer.hpp"
#include "activation/changes.hpp"
#include "activation/plan.hpp"
#include "activation/prompt_answer.hpp"
#include "activation/shell.hpp"
#include "activation/verdict.hpp"
#include "base/format.hpp"
#include "commands/all_commands.hpp"
#include "commands/export_file.hpp"
#include "store/places.hpp"

namespace gov::commands {

namespace {

using activation::Shell;
using base::ExitCode;

void note_lines(const std::string& text, base::Output& output) {
    if (!text.empty()) output.note(text);
}

void say_kept(const activation::Plan& plan, base::Output& output) {
    for (const std::string& name : plan.kept) output.note(activation::describe_kept(name));
}

// For a hook that keeps the answer and says its note itself. In one write: the hook evaluates all
// of it or nothing.
void answer_hook(const Invocation& invocation, const Shell& shell) {
    const auto& environment = invocation.environment;
    const activation::Verdict verdict = activation::reach_verdict(
        invocation.directory.native(), environment, store::Places::of(environment));
    const activation::Plan plan = activation::plan_to(verdict.goal, environment);
    say_kept(plan, invocation.output);
    invocation.output.result(activation::answer(verdict, plan, environment, *shell.answers));
}

// direnv looks at these files at each prompt, and reads the .envrc again where one has changed.
std::string watching(const activation::Verdict& verdict, const Shell& shell) {
    using Kind = activation::Condition::Kind;
    std::string text;
    for (const activation::Condition& condition : verdict.conditions)
        if (condition.kind != Kind::has_value && condition.kind != Kind::is_unset)
            text += base::format("watch_file {}\n", shell.quoted(condition.path));
    return text;
}

// For people's scripts: whoever asks by hand also gets an answer where direnv is in charge.
void answer_script(const Invocation& invocation, const Shell& shell) {
    base::Environment environment = invocation.environment;
    environment.unset("DIRENV_DIR");
    const activation::Verdict verdict = activation::reach_verdict(
        invocation.directory.native(), environment, store::Places::of(environment));
    const activation::Plan plan = activation::plan_to(verdict.goal, environment);
    say_kept(plan, invocation.output);
    note_lines(verdict.note, invocation.output);
    invocation.output.result(
        shell.name == "direnv"
            ? watching(verdict, shell) +
                  shell.statements(activation::final_changes_of(plan, environment))
            : shell.statements(activation::changes_of(plan, environment)));
}

ExitCode run(const Invocation& invocation) {
    const std::string& reader = invocation.arguments.words[0];
    if (is_file_format(reader)) {
        export_to_file(invocation, reader);
        return ExitCode::done;
    }
    const Shell& shell = activation::require_shell(reader);
    if (shell.answers != nullptr) {
        answer_hook(invocation, shell);
    } else if (shell.asks_at_prompts) {
        const auto answer =
            activation::prompt_answer(shell, invocation.directory.native(), invocation.environment);
        note_lines(answer.note, invocation.output);
        invocation.output.result(answer.statements);
    } else {
        answer_script(invocation, shell);
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command export_command{
    .name = "export",
    .topic = Topic::running,
    .summary = "print the variables for a script, CI or another program",
    .words = "READER",
    .fewest_words = 1,
    .most_words = 1,
    .completes = WordKind::shell,
    .help =
        "In a script for dash, ksh or any other POSIX shell:\n\n"
        "  eval \"$(gov export sh)\"\n\n"
        "Other readers: json; gha, for the later steps of a job of GitHub Actions;\n"
        "dotenv, for programs that read .env files; systemd, for EnvironmentFile=; and\n"
        "direnv, for an .envrc, where gov hook direnv makes it: use gov.\n\n"
        "What is printed for bash, zsh, fish, elvish, nu, tcsh and pwsh is for their\n"
        "hooks alone, see gov hook.",
    .run = run,
};

}  // namespace gov::commands
