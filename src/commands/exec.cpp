// SPDX-License-Identifier: Apache-2.0
#include "activation/goal.hpp"
#include "activation/selection.hpp"
#include "activation/use.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "commands/all_commands.hpp"
#include "commands/exec_code.hpp"

namespace gov::commands {

namespace {

using activation::ProjectEnvironment;
using activation::Selection;
using base::Environment;
using base::ExitCode;

[[noreturn]] void run_command(const std::vector<std::string>& command, const Selection& selection,
                              const ProjectEnvironment& project, const Environment& environment) {
    base::ProcessSpec spec{command, activation::environment_for(selection, project, environment)};
    spec.arguments[0] = base::find_program(command[0], spec.environment.get("PATH").value_or(""));
    if (spec.arguments[0].empty())
        throw base::Error{
            base::format("there is no program {} on PATH", base::printable(command[0])),
            {},
            ExitCode::not_found};
    activation::note_use(selection, store::Places::of(environment));
    base::replace_process(spec);
}

// Becomes the command with what is in effect, or with the version that the command line asks for;
// returns where nothing chooses one.
void run_here(const Invocation& invocation, const std::vector<std::string>& command) {
    Environment environment = invocation.environment;
    const auto& words = invocation.arguments.words;
    const auto places = store::Places::of(environment);
    activation::Sight sight{invocation.directory.native()};
    const auto selection =
        words.empty() ? activation::select(sight, environment, places)
                      : activation::resolve(activation::Choice::of_command_line(words[0]), places);
    if (!selection) return;
    selection->require_toolchain();
    // Programs that ask gov again, in whatever directory, are to get the same answer.
    if (!words.empty()) environment.set("GOV_VERSION", selection->name());
    const ProjectEnvironment project =
        activation::project_environment(sight, *selection, environment, places);
    for (const std::string& note : project.notes) invocation.output.note(note);
    if (project.refusal) throw base::Error{*project.refusal};
    run_command(command, *selection, project, environment);
}

ExitCode run(const Invocation& invocation) {
    const auto& command = invocation.arguments.rest;
    if (!command || command->empty())
        throw base::Error{"gov exec: there is no command to run",
                          "write it after --, as in: gov exec -- go build", ExitCode::usage};
    try {
        run_here(invocation, *command);
    } catch (const base::Error& error) {
        // gov's own failures must be told from the command's.
        if (base::exit_code_of(error) == ExitCode::not_trusted) throw;
        throw base::Error{base::full_message(error), base::hint_of(error), exec_code_of(error)};
    }
    throw activation::nothing_chosen();
}

}  // namespace

constinit const Command exec_command{
    .name = "exec",
    .topic = Topic::running,
    .summary = "run a command with the toolchain in effect, or with another",
    .words = "[VERSION] -- COMMAND...",
    .most_words = 1,
    .takes_rest = true,
    .completes = WordKind::installed,
    .help =
        "The command gets the toolchain's bin directory first on PATH and, unless the\n"
        "toolchain is only the default, GOROOT and GOTOOLCHAIN=local; then what the\n"
        "project's .gotoolchain.toml sets, if it was allowed. Its exit status is\n"
        "returned; where gov itself fails before that, it is 125 to 127, 6 where no\n"
        "version is chosen, and 9 where the project is not trusted (see gov allow).",
    .run = run,
};

}  // namespace gov::commands
