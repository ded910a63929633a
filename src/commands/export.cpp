// SPDX-License-Identifier: Apache-2.0
#include "activation/answer.hpp"
#include "activation/changes.hpp"
#include "activation/plan.hpp"
#include "activation/prompt_answer.hpp"
#include "activation/shell.hpp"
#include "activation/verdict.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/export_file.hpp"
#include "store/places.hpp"

#include <string_view>
#include <vector>

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

// The number that the hook gives to the answer; empty where it gives none.
std::string_view number_in(const std::vector<std::string>& words, bool keeps_answers) {
    if (words.size() == 1) return {};
    constexpr std::size_t most_digits = 9;
    const bool is_number = words[1].find_first_not_of("0123456789") == std::string::npos;
    if (!keeps_answers || !is_number || words[1].empty() || words[1].size() > most_digits)
        throw base::Error{
            base::format("gov export {} takes no word \"{}\"", words[0], base::printable(words[1])),
            "see gov help export", ExitCode::usage};
    return words[1];
}

// For a hook that keeps the answer and says its note itself. In one write: the hook evaluates all
// of it or nothing.
void answer_hook(const Invocation& invocation, const Shell& shell, std::string_view number) {
    const auto& environment = invocation.environment;
    const activation::Verdict verdict = activation::reach_verdict(
        invocation.directory.native(), environment, store::Places::of(environment));
    const activation::Plan plan = activation::plan_to(verdict.goal, environment);
    say_kept(plan, invocation.output);
    invocation.output.result(
        activation::answer(verdict, plan, environment, *shell.answers, number));
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
    const auto& words = invocation.arguments.words;
    const std::string& reader = words[0];
    if (is_file_format(reader)) {
        number_in(words, false);
        export_to_file(invocation, reader);
        return ExitCode::done;
    }
    const Shell& shell = activation::require_shell(reader);
    const std::string_view number = number_in(words, shell.answers != nullptr);
    if (shell.answers != nullptr) {
        answer_hook(invocation, shell, number);
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
    .most_words = 2,  // a hook also gives its number for the answer
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
