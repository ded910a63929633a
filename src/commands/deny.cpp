// SPDX-License-Identifier: Apache-2.0
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/project_text.hpp"
#include "trust/records.hpp"

#include <time.h>

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const auto& words = invocation.arguments.words;
    const store::Places places = store::Places::of(invocation.environment);
    const auto path =
        project_file_of(invocation.directory, words.empty() ? std::string{} : words[0]);
    trust::write_record(
        places,
        {trust::Record::Word::denied, false, ::time(nullptr), {trust::claimed_path(path), {}}});
    invocation.output.note(base::printable(path.native()) +
                           " may choose a version and nothing else, whatever becomes of it");
    return ExitCode::done;
}

}  // namespace

constinit const Command deny_command{
    .name = "deny",
    .topic = Topic::projects,
    .summary = "let a project's file choose a version and nothing else",
    .words = "[DIR|FILE]",
    .most_words = 1,
    .completes = WordKind::file,
    .help =
        "Takes back gov allow, and ends the reminders at the prompt, for the nearest\n"
        ".gotoolchain.toml or that of DIR. It holds until gov allow.",
    .run = run,
};

}  // namespace gov::commands
