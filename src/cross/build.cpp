// SPDX-License-Identifier: Apache-2.0
#include "cross/build.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/process.hpp"
#include "cross/build_environment.hpp"
#include "cross/main_package.hpp"
#include "cross/normalise.hpp"
#include "cross/parallel.hpp"
#include "cross/staging_folder.hpp"
#include "cross/verification.hpp"

#include <algorithm>
#include <exception>
#include <thread>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;

// A build of one target on its way through the steps.
struct Job {
    BuildOutcome outcome;
    base::Environment environment;
    MainPackage package;
    fs::path staged;
    std::exception_ptr failure;  // why it went no further
};

std::size_t at_once() {
    // Three at least: the default targets. A go build spends much of its time on one core.
    return std::max(3U, std::thread::hardware_concurrency());
}

std::string log_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return base::full_message(error);
    }
}

// Runs `step` on every job that has not failed yet, in parallel; what it throws is that job's
// failure alone. Throws Error when gov was interrupted.
template <class Step>
void for_each_job(std::vector<Job>& jobs, const Step& step) {
    for_each_parallel(jobs.size(), at_once(), [&](std::size_t index) {
        Job& job = jobs[index];
        if (job.failure) return;
        try {
            step(job);
        } catch (...) {
            job.failure = std::current_exception();
            job.outcome.log = log_of(job.failure);
        }
    });
    base::throw_if_interrupted();
}

void find_package(const BuildRequest& request, Job& job) {
    job.package =
        find_main_package(request.goroot, request.directory, request.package, job.environment);
}

// What is wrong with the request itself is one error, not one a target.
void throw_if_misused(const std::vector<Job>& jobs) {
    for (const Job& job : jobs) {
        if (!job.failure) return;
        try {
            std::rethrow_exception(job.failure);
        } catch (const Error& error) {
            if (error.code() != base::ExitCode::usage) return;
        } catch (const std::exception&) {
            return;
        }
    }
    std::rethrow_exception(jobs.front().failure);
}

void run_go_build(const BuildRequest& request, const fs::path& staging, Job& job) {
    std::optional<std::string> version = request.program_version;
    if (version && !has_string_variable(job.package, "version")) {
        job.outcome.lacks_version_variable = true;
        version.reset();
    }
    const std::string name = artifact_name(job.package.program_name(), job.outcome.target);
    job.staged = staging / name;
    const base::ProcessSpec spec{
        .arguments = {(request.goroot / "bin/go").native(), "build", "-trimpath", "-ldflags",
                      linker_flags(version), "-o", job.staged.native(), "--", request.package},
        .environment = job.environment,
        .directory = request.directory};
    const base::ProcessResult result = base::run(spec);
    job.outcome.log = result.errors;
    if (result.status != 0)
        throw Error{result.errors.empty()
                        ? base::format("go build ended with status {}", result.status)
                        : result.errors};
    job.outcome.file = request.output / name;
}

Expectation expectation_of(const BuildRequest& request, const Job& job) {
    return {.os = job.outcome.target.os,
            .arch = job.outcome.target.arch,
            .go_version = request.go_version.name(),
            .package = job.package.import_path};
}

// Puts the artifact in order, reads it back and, if it is what was asked for, gives it its name.
void prove(const BuildRequest& request, Job& job) {
    BuildOutcome& outcome = job.outcome;
    outcome.result = BuildResult::refused;
    outcome.size = fs::file_size(job.staged);
    outcome.normalised = normalise_file(job.staged);
    Policy policy;
    policy.builder_paths = {request.directory.native()};
    Verification proof = verify_file(
        job.staged, [&](const Artifact&) { return expectation_of(request, job); }, policy);
    outcome.artifact = std::move(proof.artifact);
    outcome.findings = std::move(proof.findings);
    if (worst_of(outcome.findings) == Level::error) return;
    outcome.result = BuildResult::failed;
    fs::rename(job.staged, request.directory / outcome.file);
    outcome.result = BuildResult::proved;
}

}  // namespace

std::string artifact_name(std::string_view program, const toolchain::Platform& target) {
    std::string_view extension;
    if (target.os == "windows") extension = ".exe";
    if (target.arch == "wasm") extension = ".wasm";
    return base::format("{}-{}-{}{}", program, target.os, target.arch, extension);
}

std::string linker_flags(const std::optional<std::string>& version) {
    std::string plain = "-s -w";
    if (!version) return plain;
    const std::string setting = "main.version=" + *version;
    // cmd/internal/quoted: a field may stand in either kind of quotes, and nothing escapes.
    const bool has_blank = version->find_first_of(" \t\r\n") != std::string::npos;
    if (!has_blank) return base::format("{} -X {}", plain, setting);
    for (const char quote : {'\'', '"'})
        if (version->find(quote) == std::string::npos)
            return base::format("{} -X {}{}{}", plain, quote, setting, quote);
    throw Error{
        "a version with blanks cannot hold both kinds of quotes", {}, base::ExitCode::usage};
}

std::vector<BuildOutcome> build(const BuildRequest& request) {
    linker_flags(request.program_version);  // refuses before anything is made
    const StagingFolder staging{request.directory / request.output};
    base::Environment environment = request.environment;
    const fs::path temporary = staging.path() / "tmp";
    fs::create_directory(temporary);
    environment.set("TMPDIR", temporary.native());
    std::vector<Job> jobs;
    for (const toolchain::Platform& target : request.targets) {
        Job& job = jobs.emplace_back();
        job.outcome.target = target;
        job.environment = for_target(environment, target);
    }

    for_each_job(jobs, [&](Job& job) { find_package(request, job); });
    throw_if_misused(jobs);
    for_each_job(jobs, [&](Job& job) {
        run_go_build(request, staging.path(), job);
        prove(request, job);
    });

    std::vector<BuildOutcome> outcomes;
    outcomes.reserve(jobs.size());
    for (Job& job : jobs) outcomes.push_back(std::move(job.outcome));
    return outcomes;
}

}  // namespace gov::cross
