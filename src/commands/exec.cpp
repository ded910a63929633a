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

// `environment` with the version that the command line asks for, if it does. Programs that ask
// gov again, in whatever directory, are to get the same answer.
Environment with_asked_version(const Invocation& invocation) {
    Environment environment = invocation.environment;
    const auto& words = invocation.arguments.words;
    if (!words.empty()) {
        environment.set("GOV_VERSION", words[0]);
        const auto selection = activation::require_selection(invocation.directory, environment,
                                                             store::Places::of(environment));
        environment.set("GOV_VERSION", selection.name());
    }
    return environment;
}

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

// Runs `step`; gov's own failures in it must be told from the command's.
template <class Step>
auto before_command(const Step& step) {
    try {
        return step();
    } catch (const base::Error& error) {
        throw base::Error{base::full_message(error), base::hint_of(error), exec_code_of(error)};
    }
}

ExitCode run(const Invocation& invocation) {
    const auto& command = invocation.arguments.rest;
    if (!command || command->empty())
        throw base::Error{"gov exec: there is no command to run",
                          "write it after --, as in: gov exec -- go build", ExitCode::usage};
    const Environment environment = before_command([&] { return with_asked_version(invocation); });
    const auto selection = before_command([&] {
        return activation::select(invocation.directory, environment,
                                  store::Places::of(environment));
    });
    if (!selection) throw activation::nothing_chosen();
    const ProjectEnvironment project = before_command([&] {
        return activation::project_environment(invocation.directory, *selection, environment,
                                               store::Places::of(environment));
    });
    if (project.refusal && project.refusal->code() == ExitCode::not_trusted)
        throw base::Error{*project.refusal};
    for (const std::string& note : project.notes) invocation.output.note(note);
    before_command([&] {
        if (project.refusal) throw base::Error{*project.refusal};
        run_command(*command, *selection, project, environment);
    });
    return ExitCode::failed;  // not reached
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
