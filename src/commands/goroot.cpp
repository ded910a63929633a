// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "commands/all_commands.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const auto places = store::Places::of(invocation.environment);
    const auto& words = invocation.arguments.words;
    const auto selection =
        words.empty()
            ? activation::require_selection(invocation.directory, invocation.environment, places)
            : activation::resolve(activation::Choice::of_command_line(words[0]), places);
    invocation.output.result(selection.require_toolchain().goroot.native() + "\n");
    return ExitCode::done;
}

}  // namespace

constinit const Command goroot_command{
    .name = "goroot",
    .topic = Topic::toolchains,
    .summary = "print the GOROOT in effect here, or that of another release",
    .words = "[VERSION]",
    .most_words = 1,
    .completes = WordKind::installed,
    .help = "For scripts and editors: nothing is installed, and nothing else is printed.",
    .run = run,
};

}  // namespace gov::commands
