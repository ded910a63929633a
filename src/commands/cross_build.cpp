// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "base/process_tree.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_build_options.hpp"
#include "commands/progress.hpp"
#include "cross/build_report.hpp"
#include "cross/kept_folder.hpp"
#include "cross/rebuild_check.hpp"
#include "cross/release/publish.hpp"
#include "cross/release/release_files.hpp"
#include "cross/shared_cache.hpp"
#include "cross/staging_folder.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using cross::BuildOutcome;
using cross::BuildResult;

constexpr auto options = joined_options(
    std::array{
        cross_version_option,
        Option{.name = "output", .value = "DIR", .help = "the output folder (dist)", .letter = 'o'},
    },
    cross_program_options,
    std::array{
        cross_no_buildvcs_option,
    },
    cross_c_options,
    std::array{
        Option{.name = "universal",
               .value = "",
               .help = "one program for both machines of macOS, beside theirs"},
        Option{.name = "jobs", .value = "N", .help = "builds at once (by cores and memory)"},
        Option{.name = "timeout", .value = "TIME", .help = "for one artifact (10m)"},
        Option{
            .name = "pack", .value = "upx", .help = "pack programs by UPX (never those of macOS)"},
        Option{.name = "archive", .value = "KIND", .help = "pack each: tar.gz, zip, or auto"},
        Option{.name = "sbom", .value = "KIND", .help = "list its modules: cyclonedx or spdx"},
        Option{.name = "provenance", .value = "", .help = "tell how all were built, for in-toto"},
        Option{.name = "sign",
               .value = "HOW",
               .help = "sign checksums.txt: minisign:KEY, ssh:KEY, gpg"},
        Option{.name = "rebuild-check",
               .value = "",
               .help = "build once more elsewhere, and compare every byte"},
        Option{.name = "fail-fast", .value = "", .help = "begin nothing more when one has failed"},
        json_option,
    });

std::vector<std::string> names_of(const cross::Plan& plan) {
    std::vector<std::string> names;
    for (const cross::Step& step : plan.steps)
        names.push_back(step.build.empty() ? step.target.str()
                                           : step.build + " " + step.target.str());
    return names;
}

// Says which variables were to be set and went nowhere, for whom.
void note_missing_variables(const std::vector<BuildOutcome>& outcomes, base::Output& output) {
    std::vector<std::pair<std::string, std::string>> targets;  // by variable
    for (const BuildOutcome& outcome : outcomes)
        for (const std::string& variable : outcome.unset_variables) {
            const auto known =
                std::ranges::find(targets, variable, &std::pair<std::string, std::string>::first);
            if (known == targets.end())
                targets.emplace_back(variable, outcome.target.str());
            else
                known->second += ", " + outcome.target.str();
        }
    for (const auto& [variable, names] : targets)
        output.note(base::format("{}: package main has no string variable {}, so nothing is set",
                                 names, base::printable(variable.substr(variable.find('.') + 1))));
}

ExitCode code_of(const std::vector<BuildOutcome>& outcomes) {
    const auto failed = std::ranges::find(outcomes, BuildResult::failed, &BuildOutcome::result);
    return failed != outcomes.end() ? failed->code : ExitCode::verification;
}

bool is_proved(const BuildOutcome& outcome) {
    return outcome.result == BuildResult::proved;
}

// Makes the output folder what this build proved, and says what of an earlier one goes or stays.
void publish(const std::vector<BuildOutcome>& outcomes, const fs::path& place,
             const fs::path& output, const std::string& shown, base::Output& told) {
    if (std::ranges::none_of(outcomes, is_proved)) {
        if (!cross::listed_artifacts(output).empty())
            told.note(base::format("{} stays as it was: what is in it is of an earlier build",
                                   base::printable(shown)));
        return;
    }
    for (const std::string& name : cross::publish(place, output))
        told.note(base::format("{}/{} was of an earlier build and is gone", base::printable(shown),
                               base::printable(name)));
}

struct Built {
    std::vector<BuildOutcome> outcomes;
    std::vector<std::string> differences;  // of a second build
    std::string version;
    std::string cache_trouble;
};

cross::SharedCache shared_cache(const Invocation& invocation, const cross::PlanRequest& request,
                                const fs::path& temporary) {
    const std::string local{request.environment.get("GOCACHE").value_or("")};
    return {cache::Settings::of(invocation.environment, store::Places::of(invocation.environment),
                                local, request.table.cache),
            {.program = activation::own_path(),
             .environment = invocation.environment,
             .temporary = temporary,
             .go_version = request.go_version,
             .module = cross::module_of(request.directory)}};
}

// What the project does before anything is planned, and what it is told of the build.
void prepare(const cross::PlanRequest& request, cross::BuildOptions& options_of_build,
             base::Output& output) {
    base::Environment& environment = options_of_build.hook_environment;
    const cross::Hooks& hooks = options_of_build.hooks;
    if (!hooks.empty()) {
        const auto facts = cross::find_facts(request.table, request.flags, request.version,
                                             request.directory, request.environment);
        environment.set("GOV_CROSS_VERSION", facts.version);
        environment.set("GOV_CROSS_OUTPUT", request.directory / options_of_build.output);
    }
    const cross::HookPlace place{request.directory, environment, options_of_build.timeout,
                                 options_of_build.note};
    if (!hooks.before.empty()) {
        const Progress progress{output, {"hooks before"}};
        cross::run_hooks("before", hooks.before, place);
    }
    if (request.table.generates) {
        const Progress progress{output, {"go generate"}};
        cross::run_go_generate(request.goroot, place);
    }
}

// What it does when the output folder is whole.
void finish(const cross::BuildOptions& options_of_build, base::Output& output) {
    if (options_of_build.hooks.after.empty()) return;
    const Progress progress{output, {"hooks after"}};
    cross::run_hooks("after", options_of_build.hooks.after,
                     {options_of_build.directory, options_of_build.hook_environment,
                      options_of_build.timeout, options_of_build.note});
}

Built build_all(const Invocation& invocation, cross::PlanRequest& request,
                cross::BuildOptions& options_of_build, const cross::ReleaseOptions& release) {
    const cross::KeptFolder kept{cross::kept_folder_of(request.directory, invocation.environment)};
    request.kept = kept.path();
    prepare(request, options_of_build, invocation.output);
    const cross::Plan plan = cross::make_plan(request);
    for (const std::string& note : plan.notes) invocation.output.note(note);
    const cross::StagingFolder staging{request.directory / options_of_build.output};
    options_of_build.kept = kept.path();
    options_of_build.temporary = staging.path() / "tmp";
    const fs::path place = staging.path() / "out";
    fs::create_directory(options_of_build.temporary);
    fs::create_directory(place);
    Built built{
        .outcomes = {}, .differences = {}, .version = plan.facts.version, .cache_trouble = {}};
    cross::SharedCache cache = shared_cache(invocation, request, options_of_build.temporary);
    options_of_build.cache_variables = cache.variables();
    cache.begin(plan.steps);
    {
        Progress progress{invocation.output, names_of(plan)};
        options_of_build.compilers = request.compilers;
        options_of_build.tell = [&](std::size_t step, std::string text) {
            progress.set_text(step, std::move(text));
        };
        built.outcomes = cross::build(plan, options_of_build, place);
    }
    cache.end();
    built.cache_trouble = cache.trouble();
    if (invocation.arguments.has("rebuild-check"))
        built.differences = cross::check_rebuild(request, options_of_build, built.outcomes, place);
    if (!built.differences.empty()) return built;  // what is not reproducible is not published
    cross::write_release_files(plan, built.outcomes, options_of_build, release, place);
    publish(built.outcomes, place, request.directory / options_of_build.output,
            options_of_build.output.native(), invocation.output);
    return built;
}

void throw_if_anything_failed(const Built& built) {
    const auto failed =
        std::ssize(built.outcomes) - std::ranges::count_if(built.outcomes, is_proved);
    if (failed != 0)
        throw Error{base::format("{} of {} targets failed", failed, built.outcomes.size()),
                    {},
                    code_of(built.outcomes)};
    if (!built.differences.empty())
        throw Error{base::format("{} of {} artifacts were not the same when built once more, so "
                                 "none was put into the output folder",
                                 built.differences.size(), built.outcomes.size()),
                    {},
                    ExitCode::not_reproducible};
}

ExitCode build_for(const Invocation& invocation) {
    CrossRequest request = cross_request(invocation);
    const cross::ReleaseOptions release = release_options(invocation, request);
    cross::BuildOptions options_of_build = build_options(invocation, request);
    options_of_build.note = [&](const std::string& text) { invocation.output.note(text); };
    for (const std::string& name : request.dropped)
        invocation.output.note(base::format("{} is set, but cross builds do not use it", name));
    const Built built = build_all(invocation, request.plan, options_of_build, release);
    for (const std::string& line : cross::troubles_of(built.outcomes)) invocation.output.note(line);
    note_missing_variables(built.outcomes, invocation.output);
    if (!built.cache_trouble.empty()) invocation.output.note(built.cache_trouble);
    for (const std::string& line : built.differences) invocation.output.note(line);
    const cross::ReportHead head{request.plan.go_version.name(), request.plan.goroot.native(),
                                 built.version};
    invocation.output.result(invocation.arguments.has("json")
                                 ? cross::json_of(head, built.outcomes).write()
                                 : cross::table_of(built.outcomes));
    throw_if_anything_failed(built);
    finish(options_of_build, invocation.output);
    return ExitCode::done;
}

// What a hook or go started is ended with its process group. What left that is ended as well where
// something was cut short; else it may be an agent that is to stay, such as gpg's.
ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    base::adopt_orphans();
    try {
        return build_for(invocation);
    } catch (const std::exception& error) {
        const ExitCode code = base::exit_code_of(error);
        if (code == ExitCode::interrupted || code == ExitCode::time_limit) base::end_descendants();
        throw;
    }
}

}  // namespace

constinit const Command cross_build_command{
    .name = "cross build",
    .topic = Topic::cross,
    .summary = "build a program for several targets, and prove each artifact",
    .words = "[TARGET]...",
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "A target is GOOS/GOARCH or GOOS/GOARCH/VARIANT, a pattern such as linux/* or\n"
        "!windows/arm, or @default, @first-class, @all; without one: linux/amd64,\n"
        "darwin/arm64, windows/386. Builds with the toolchain in effect here, C code by\n"
        "the compiler that fits (gov cross cc list), in an environment that owes nothing\n"
        "to GOFLAGS and the like. An artifact appears in the output folder once it was\n"
        "read back and is for its target, built by this very release.",
    .run = run,
};

}  // namespace gov::commands
