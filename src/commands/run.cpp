// SPDX-License-Identifier: Apache-2.0
#include "activation/goal.hpp"
#include "activation/selection.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "base/text_lines.hpp"
#include "base/threads.hpp"
#include "commands/all_commands.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>

#include <stdlib.h>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using activation::Selection;
using base::Error;
using base::ExitCode;
using base::Json;
using toolchain::VersionSpec;

constexpr std::array options{Option{.name = "matrix",
                                    .value = "VERSIONS",
                                    .help = "the releases to run with, with a comma between them"},
                             json_option};

// One cell of the matrix.
struct Run {
    Selection selection;
    int status = 0;
    double seconds = 0;
    fs::path log = {};
    std::exception_ptr failure = {};  // where the command could not even be started
};

// The releases of the matrix, each once; throws Error that names all that are missing.
std::vector<Run> runs_of(std::string_view matrix, const store::Places& places) {
    std::vector<Run> runs;
    std::string missing;
    for (const std::string& word : base::words_between(',', matrix)) {
        try {
            auto selection = activation::resolve(activation::Choice::of_command_line(word), places);
            selection.require_toolchain();
            const auto is_same = [&](const Run& run) {
                return run.selection.version == selection.version;
            };
            if (std::ranges::none_of(runs, is_same)) runs.push_back({std::move(selection)});
        } catch (const Error& error) {
            if (error.code() != ExitCode::no_release) throw;
            missing += " " + word;
        }
    }
    if (!missing.empty())
        throw Error{base::format("not installed:{}", missing),
                    base::format("run: gov install{}", missing), ExitCode::no_release};
    if (runs.empty())
        throw Error{"gov run: there is no release to run with",
                    "as in: gov run --matrix 1.21,1.22,stable -- go test ./...", ExitCode::usage};
    return runs;
}

// A directory of this matrix's own for its logs.
fs::path make_log_directory(const store::Places& places) {
    base::make_private_directory(places.cache / "runs");
    std::string name = (places.cache / "runs" / "XXXXXX").native();
    if (::mkdtemp(name.data()) == nullptr)
        throw base::system_error("making a directory for the logs", errno);
    return name;
}

void execute(Run& run, const std::vector<std::string>& command, const Invocation& invocation) {
    const activation::ProjectEnvironment project =
        activation::project_environment(invocation.directory, run.selection, invocation.environment,
                                        store::Places::of(invocation.environment));
    if (project.refusal) throw Error{*project.refusal};
    base::ProcessSpec spec{
        command, activation::environment_for(run.selection, project, invocation.environment),
        invocation.directory};
    spec.environment.set("GOV_VERSION", run.selection.version.name());
    spec.arguments[0] = base::find_program(command[0], spec.environment.get("PATH").value_or(""));
    if (spec.arguments[0].empty())
        throw Error{base::format("there is no program {} on PATH", base::printable(command[0])),
                    {},
                    ExitCode::not_found};
    const auto start = std::chrono::steady_clock::now();
    run.status = base::run_logged(spec, run.log);
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string result_of(const Run& run) {
    if (run.failure) return "not run";
    return run.status == 0 ? "ok" : base::format("failed {}", run.status);
}

// Says of each run what became of it as soon as that is known.
void execute_all(std::vector<Run>& runs, const std::vector<std::string>& command,
                 const Invocation& invocation) {
    std::mutex output;
    base::for_each_parallel(runs.size(), base::cores(), [&](std::size_t i) {
        Run& run = runs[i];
        try {
            execute(run, command, invocation);
        } catch (const std::exception&) {
            run.failure = std::current_exception();
        }
        const std::lock_guard lock{output};
        invocation.output.note(base::format("{}: {} after {:.1f} s", run.selection.version.name(),
                                            result_of(run), run.seconds));
    });
}

std::string table(const std::vector<Run>& runs) {
    std::string text;
    for (const Run& run : runs)
        text += base::format("{:<12} {:<10} {:>7.1f} s  {}\n", run.selection.version.name(),
                             result_of(run), run.seconds,
                             run.failure ? "" : base::printable(run.log.native()));
    return text;
}

Json to_json(const std::vector<Run>& runs) {
    Json::Array list;
    for (const Run& run : runs) {
        const Json status{static_cast<std::int64_t>(run.status)};
        const Json log{run.log.native()};
        list.push_back(Json::Object{{"version", run.selection.version.name()},
                                    {"status", run.failure ? Json{} : status},
                                    {"milliseconds", static_cast<std::int64_t>(run.seconds * 1000)},
                                    {"log", run.failure ? Json{} : log}});
    }
    return list;
}

ExitCode run(const Invocation& invocation) {
    const auto& command = invocation.arguments.rest;
    const auto matrix = invocation.arguments.value("matrix");
    if (!command || command->empty() || !matrix)
        throw Error{"gov run: it takes releases and a command",
                    "as in: gov run --matrix 1.21,1.22,stable -- go test ./...", ExitCode::usage};
    const store::Places places = store::Places::of(invocation.environment);
    std::vector<Run> runs = runs_of(*matrix, places);
    base::catch_interrupts();
    const fs::path logs = make_log_directory(places);
    for (Run& run : runs) run.log = logs / (run.selection.version.name() + ".log");
    execute_all(runs, *command, invocation);
    invocation.output.result(invocation.arguments.has("json") ? to_json(runs).write()
                                                              : table(runs));
    for (const Run& run : runs)
        if (run.failure) std::rethrow_exception(run.failure);
    for (const Run& run : runs)
        if (run.status != 0) return static_cast<ExitCode>(run.status);
    return ExitCode::done;
}

}  // namespace

constinit const Command run_command{
    .name = "run",
    .topic = Topic::running,
    .summary = "run a command with several releases at once",
    .words = "-- COMMAND...",
    .takes_rest = true,
    .options = options,
    .help =
        "As in: gov run --matrix 1.21,1.22,stable -- go test ./... Each run has its\n"
        "toolchain as in gov exec, and a log of what it prints. A table at the end says\n"
        "how they fared; the exit status is that of the first one that failed.",
    .run = run,
};

}  // namespace gov::commands
