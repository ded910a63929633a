// SPDX-License-Identifier: Apache-2.0
#include "commands/all_commands.hpp"
#include "commands/pinning.hpp"
#include "project/pin_file.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const auto spec = toolchain::VersionSpec::require(invocation.arguments.words[0]);
    const std::filesystem::path path = pin_file_here(invocation);
    const store::Places places = store::Places::of(invocation.environment);
    refuse_unknown(invocation, places, spec);
    const std::string before = project::read_pin_file(path).value_or("");
    write_project_file(path, before, project::with_version(path, before, spec), places);
    say_pinned(invocation, places, path, spec);
    return ExitCode::done;
}

}  // namespace

constinit const Command use_command{
    .name = "use",
    .topic = Topic::projects,
    .summary = "pin this directory to a release",
    .words = "VERSION",
    .fewest_words = 1,
    .most_words = 1,
    .completes = WordKind::installed,
    .help =
        "Writes the go line of .gotoolchain.toml here, or edits it in place: comments\n"
        "and everything else stay as they are. A range or a name (1.22, ^1.22, stable)\n"
        "stays what it is: the newest installed release that it admits is in effect.\n"
        "What no source has is refused, with the nearest that there is.",
    .run = run,
};

}  // namespace gov::commands
