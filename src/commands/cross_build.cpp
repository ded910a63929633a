// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_request.hpp"
#include "commands/progress.hpp"
#include "cross/artifact_list.hpp"
#include "cross/build_report.hpp"
#include "cross/kept_folder.hpp"
#include "cross/publish.hpp"
#include "cross/staging_folder.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using cross::BuildOutcome;
using cross::BuildResult;

constexpr std::array options{
    cross_version_option,
    Option{.name = "output", .value = "DIR", .help = "the output folder (dist)", .letter = 'o'},
    cross_package_option,
    cross_tags_option,
    cross_ldflags_option,
    cross_set_option,
    Option{.name = "universal",
           .value = "",
           .help = "one program for both machines of macOS, beside theirs"},
    Option{.name = "jobs", .value = "N", .help = "builds at once (by cores and memory)"},
    Option{.name = "timeout", .value = "TIME", .help = "for one artifact (10m)"},
    Option{.name = "fail-fast", .value = "", .help = "begin nothing more when one has failed"},
    json_option,
};

void take_jobs(std::string_view text, cross::BuildOptions& built) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), built.jobs);
    if (problem != std::errc{} || end != text.data() + text.size() || built.jobs == 0)
        throw Error{base::format("--jobs {}: not a number from 1", base::printable(text)),
                    {},
                    ExitCode::usage};
}

cross::BuildOptions options_of(const Arguments& arguments, const cross::PlanRequest& request) {
    cross::BuildOptions built{.goroot = request.goroot, .directory = request.directory};
    const cross::CrossTable& table = request.table;
    built.output =
        arguments.value("output").value_or(std::string_view{table.output ? *table.output : "dist"});
    built.universal = table.universal || arguments.has("universal");
    built.fails_fast = arguments.has("fail-fast");
    built.policy = table.policy;
    built.jobs = table.jobs.value_or(0);
    built.timeout = table.timeout.value_or(built.timeout);
    if (const auto jobs = arguments.value("jobs")) take_jobs(*jobs, built);
    if (const auto text = arguments.value("timeout")) {
        const auto limit = cross::parse_duration(*text);
        if (!limit)
            throw Error{base::format("--timeout {}: not a time", base::printable(*text)),
                        "as in 90s, 10m or 1h", ExitCode::usage};
        built.timeout = *limit;
    }
    return built;
}

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

void write(const fs::path& path, std::string_view text) {
    base::write_file_atomically(path, text);
}

// Puts what was proved, and the files that tell of it, into the output folder.
void publish(const cross::Plan& plan, const cross::PlanRequest& request,
             const std::vector<BuildOutcome>& outcomes, const cross::BuildOptions& built,
             const fs::path& place) {
    const bool any = std::ranges::any_of(outcomes, [](const BuildOutcome& outcome) {
        return outcome.result == BuildResult::proved;
    });
    if (any) {
        const std::vector<cross::ListedFile> others{{cross::checksums_name, "Checksum"},
                                                    {cross::metadata_name, "Metadata"}};
        write(place / cross::checksums_name, cross::checksums_of(outcomes, others));
        write(place / cross::metadata_name,
              cross::metadata_of(plan, outcomes, request.go_version.name()).write());
        write(place / cross::artifact_list_name,
              cross::artifact_list(outcomes, others, built.output).write());
    }
    cross::publish(place, request.directory / built.output);
}

ExitCode code_of(const std::vector<BuildOutcome>& outcomes) {
    ExitCode code = ExitCode::verification;
    for (const BuildOutcome& outcome : outcomes) {
        if (outcome.result == BuildResult::proved || outcome.result == BuildResult::refused)
            continue;
        if (outcome.timed_out) return ExitCode::time_limit;
        code = ExitCode::failed;
    }
    return code;
}

std::vector<BuildOutcome> build_all(const Invocation& invocation, const cross::PlanRequest& request,
                                    cross::BuildOptions& built, std::string& version) {
    const cross::Plan plan = cross::make_plan(request);
    version = plan.facts.version;
    const cross::KeptFolder kept{cross::kept_folder_of(request.directory, invocation.environment)};
    const cross::StagingFolder staging{request.directory / built.output};
    built.kept = kept.path();
    built.temporary = staging.path() / "tmp";
    const fs::path place = staging.path() / "out";
    fs::create_directory(built.temporary);
    fs::create_directory(place);
    std::vector<BuildOutcome> outcomes;
    {
        Progress progress{invocation.output, names_of(plan)};
        built.tell = [&](std::size_t step, std::string text) {
            progress.set_text(step, std::move(text));
        };
        outcomes = cross::build(plan, built, place);
    }
    publish(plan, request, outcomes, built, place);
    return outcomes;
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const CrossRequest request = cross_request(invocation);
    for (const std::string& name : request.dropped)
        invocation.output.note(base::format("{} is set, but cross builds do not use it", name));
    cross::BuildOptions built = options_of(invocation.arguments, request.plan);
    std::string version;
    const std::vector<BuildOutcome> outcomes = build_all(invocation, request.plan, built, version);
    for (const std::string& line : cross::troubles_of(outcomes)) invocation.output.note(line);
    note_missing_variables(outcomes, invocation.output);
    const cross::ReportHead head{request.plan.go_version.name(), request.plan.goroot.native(),
                                 version};
    invocation.output.result(invocation.arguments.has("json")
                                 ? cross::json_of(head, outcomes).write()
                                 : cross::table_of(outcomes));
    const auto failed = std::ranges::count_if(outcomes, [](const BuildOutcome& outcome) {
        return outcome.result != BuildResult::proved;
    });
    if (failed == 0) return ExitCode::done;
    throw Error{
        base::format("{} of {} targets failed", failed, outcomes.size()), {}, code_of(outcomes)};
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
        "A target is GOOS/GOARCH or GOOS/GOARCH/VARIANT, a pattern such as linux/* or\n"
        "!windows/arm, or @default, @first-class, @all; without one: linux/amd64,\n"
        "darwin/arm64, windows/386. Builds with the toolchain in effect here, without\n"
        "cgo, in an environment that owes nothing to GOFLAGS and the like. An artifact\n"
        "appears in the output folder once it was read back and is for its target, built\n"
        "by this very release.",
    .run = run,
};

}  // namespace gov::commands
