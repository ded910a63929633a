// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "activation/use.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "commands/all_commands.hpp"
#include "cross/build.hpp"
#include "cross/build_environment.hpp"
#include "cross/build_report.hpp"
#include "cross/targets.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using cross::BuildOutcome;
using cross::BuildRequest;
using cross::BuildResult;

constexpr std::array options{
    Option{.name = "version",
           .value = "V",
           .help = "set the program's string variable main.version to V"},
    Option{.name = "output", .value = "DIR", .help = "the output folder (dist)", .letter = 'o'},
    Option{.name = "package", .value = "PKG", .help = "the package main to build (.)"},
    json_option,
};

std::vector<toolchain::Platform> targets_of(const std::vector<std::string>& words,
                                            const fs::path& goroot) {
    if (words.empty()) return cross::default_targets();
    const auto known = cross::known_targets(goroot);
    std::vector<toolchain::Platform> targets;
    for (const std::string& word : words) {
        toolchain::Platform target = cross::require_target(word, known);
        if (std::find(targets.begin(), targets.end(), target) == targets.end())
            targets.push_back(std::move(target));
    }
    return targets;
}

BuildRequest request_of(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const auto selection =
        activation::require_selection(invocation.directory, invocation.environment, places);
    activation::note_use(selection, places);
    const auto& arguments = invocation.arguments;
    if (!selection.toolchain) throw activation::not_installed(selection);
    const fs::path& goroot = selection.toolchain->goroot;
    if (selection.version < toolchain::GoVersion::require("1.13"))
        throw Error{base::format("{} cannot trim paths and leaves no build information, "
                                 "so its programs cannot be proved",
                                 selection.version.name()),
                    "cross builds need Go 1.13 or later", ExitCode::usage};
    cross::BuildEnvironment environment = cross::build_environment(invocation.environment, goroot);
    BuildRequest request{.goroot = goroot,
                         .go_version = selection.version,
                         .environment = std::move(environment.variables),
                         .directory = invocation.directory,
                         .targets = targets_of(arguments.words, goroot)};
    if (const auto package = arguments.value("package")) request.package = *package;
    if (const auto output = arguments.value("output")) request.output = fs::path{*output};
    if (const auto version = arguments.value("version")) request.program_version = *version;
    for (const std::string& name : environment.dropped)
        invocation.output.note(base::format("{} is set, but cross builds do not use it", name));
    return request;
}

std::size_t count(const std::vector<BuildOutcome>& outcomes, BuildResult result) {
    return static_cast<std::size_t>(
        std::count_if(outcomes.begin(), outcomes.end(),
                      [&](const BuildOutcome& outcome) { return outcome.result == result; }));
}

// Says that a version was given and went nowhere, for whom it did.
void note_missing_variable(const std::vector<BuildOutcome>& outcomes, base::Output& output) {
    std::string targets;
    for (const BuildOutcome& outcome : outcomes)
        if (outcome.lacks_version_variable)
            targets += (targets.empty() ? "" : ", ") + outcome.target.str();
    if (!targets.empty())
        output.note(base::format(
            "{}: package main has no string variable version, so --version sets nothing", targets));
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const BuildRequest request = request_of(invocation);
    const std::vector<BuildOutcome> outcomes = cross::build(request);
    for (const std::string& line : cross::troubles_of(outcomes)) invocation.output.note(line);
    note_missing_variable(outcomes, invocation.output);
    invocation.output.result(invocation.arguments.has("json")
                                 ? cross::json_of(request, outcomes).write()
                                 : cross::table_of(outcomes));
    const std::size_t failed = count(outcomes, BuildResult::failed);
    const std::size_t refused = count(outcomes, BuildResult::refused);
    if (failed + refused == 0) return ExitCode::done;
    throw Error{base::format("{} of {} targets failed", failed + refused, outcomes.size()),
                {},
                failed != 0 ? ExitCode::failed : ExitCode::verification};
}

}  // namespace

constinit const Command cross_build_command{
    .name = "cross build",
    .summary = "build a program for several targets, and prove each artifact",
    .words = "[TARGET]...",
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "A target is GOOS/GOARCH; without one: linux/amd64, darwin/arm64, windows/386.\n"
        "Builds with the toolchain in effect here, without cgo, in an environment that\n"
        "owes nothing to GOFLAGS and the like. An artifact appears in the output folder\n"
        "once it was read back and is for its target, built by this very release.",
    .run = run,
};

}  // namespace gov::commands
