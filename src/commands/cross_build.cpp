// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_request.hpp"
#include "commands/progress.hpp"
#include "cross/build_report.hpp"
#include "cross/kept_folder.hpp"
#include "cross/packer.hpp"
#include "cross/publish.hpp"
#include "cross/rebuild_check.hpp"
#include "cross/release_files.hpp"
#include "cross/shared_cache.hpp"
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
    Option{.name = "pack", .value = "upx", .help = "pack programs by UPX (never those of macOS)"},
    Option{.name = "archive", .value = "KIND", .help = "pack each: tar.gz, zip, or auto"},
    Option{.name = "sbom", .value = "KIND", .help = "list its modules: cyclonedx or spdx"},
    Option{.name = "provenance", .value = "", .help = "tell how all were built, for in-toto"},
    Option{
        .name = "sign", .value = "HOW", .help = "sign checksums.txt: minisign:KEY, ssh:KEY, gpg"},
    Option{.name = "rebuild-check",
           .value = "",
           .help = "build once more elsewhere, and compare every byte"},
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

std::filesystem::path packer_of(std::string_view kind, const base::Environment& environment) {
    if (kind != "upx")
        throw Error{base::format("--pack {}: upx is what gov knows", base::printable(kind)),
                    {},
                    ExitCode::usage};
    return cross::find_upx(environment.get("PATH").value_or(""));
}

cross::BuildOptions options_of(const Invocation& invocation, const CrossRequest& request) {
    const Arguments& arguments = invocation.arguments;
    cross::BuildOptions built{.goroot = request.plan.goroot,
                              .directory = request.plan.directory,
                              .output = request.output};
    const cross::CrossTable& table = request.plan.table;
    built.universal = table.universal || arguments.has("universal");
    built.fails_fast = arguments.has("fail-fast");
    built.policy = table.policy;
    built.jobs = table.jobs.value_or(0);
    built.timeout = table.timeout.value_or(built.timeout);
    if (const auto kind = arguments.value("pack"))
        built.upx = packer_of(*kind, invocation.environment);
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

cross::Packing packing_of(std::string_view kind) {
    if (kind == "tar.gz") return cross::Packing::tar_gz;
    if (kind == "zip") return cross::Packing::zip;
    if (kind == "auto") return cross::Packing::by_system;
    throw Error{base::format("--archive {}: tar.gz, zip or auto", base::printable(kind)),
                {},
                ExitCode::usage};
}

cross::Bill bill_of(std::string_view kind) {
    if (kind == "cyclonedx") return cross::Bill::cyclonedx;
    if (kind == "spdx") return cross::Bill::spdx;
    throw Error{
        base::format("--sbom {}: cyclonedx or spdx", base::printable(kind)), {}, ExitCode::usage};
}

cross::ReleaseOptions release_of(const Invocation& invocation, const cross::PlanRequest& request) {
    const Arguments& arguments = invocation.arguments;
    cross::ReleaseOptions release;
    if (const auto kind = arguments.value("archive")) release.packing = packing_of(*kind);
    for (const auto& [name, value] : arguments.options)
        if (name == "sbom") release.bills.push_back(bill_of(value));
    release.provenance = arguments.has("provenance");
    if (const auto how = arguments.value("sign")) release.signer = cross::parse_signer(*how);
    release.environment = invocation.environment;
    release.go_version = request.go_version.name();
    return release;
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

Built build_all(const Invocation& invocation, const cross::PlanRequest& request,
                cross::BuildOptions& options_of_build, const cross::ReleaseOptions& release) {
    const cross::Plan plan = cross::make_plan(request);
    const cross::KeptFolder kept{cross::kept_folder_of(request.directory, invocation.environment)};
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
    cross::publish(place, request.directory / options_of_build.output);
    return built;
}

void throw_if_anything_failed(const Built& built) {
    const auto failed = std::ranges::count_if(built.outcomes, [](const BuildOutcome& outcome) {
        return outcome.result != BuildResult::proved;
    });
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

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const CrossRequest request = cross_request(invocation);
    const cross::ReleaseOptions release = release_of(invocation, request.plan);
    cross::BuildOptions options_of_build = options_of(invocation, request);
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
    return ExitCode::done;
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
        "darwin/arm64, windows/386. Builds with the toolchain in effect here, without\n"
        "cgo, in an environment that owes nothing to GOFLAGS and the like. An artifact\n"
        "appears in the output folder once it was read back and is for its target, built\n"
        "by this very release.",
    .run = run,
};

}  // namespace gov::commands
