// SPDX-License-Identifier: Apache-2.0
#include "cross/build.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/threads.hpp"
#include "cross/artifact/normalise.hpp"
#include "cross/artifact/universal.hpp"
#include "cross/artifact/verification.hpp"
#include "cross/build_slots.hpp"
#include "cross/file_stamp.hpp"
#include "cross/go_build.hpp"
#include "cross/packer.hpp"

#include <algorithm>
#include <atomic>
#include <exception>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

std::string message_of(const std::exception_ptr& failure, base::ExitCode& code) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        code = base::exit_code_of(error);
        const std::string hint = base::hint_of(error);
        return base::full_message(error) + (hint.empty() ? "" : "\n" + hint);
    }
}

BuildOutcome outcome_for(const Step& step) {
    BuildOutcome outcome;
    outcome.target = step.target;
    outcome.build = step.build;
    outcome.unset_variables = step.unset_variables;
    outcome.c = step.c;
    return outcome;
}

// What the project itself does before and after an artifact is built; nothing where it has no
// hooks.
class StepHooks {
public:
    StepHooks(const BuildOptions& options, const Target& target, const std::string& file)
        : hooks_{options.hooks},
          place_{options.directory, hook_environment(options.hook_environment, target, file),
                 options.timeout,
                 [name = target.str(), tell = options.note](const std::string& line) {
                     tell(name + ": " + line);
                 }} {}

    void run_before() const { run_hooks("before_target", hooks_.before_target, place_); }

    // Whether the artifact `file` is another one now.
    bool run_after(const fs::path& file) {
        if (hooks_.after_target.empty()) return false;
        place_.environment.set("GOV_CROSS_FILE", file.native());
        const std::string before = stamp_of(file).stamp;
        run_hooks("after_target", hooks_.after_target, place_);
        return stamp_of(file).stamp != before;
    }

private:
    const Hooks& hooks_;
    HookPlace place_;
};

// Reads the artifact back; false where it is not what it should be, and gone then.
bool verify(const fs::path& file, const Expectation& wanted, const Policy& policy,
            BuildOutcome& outcome) {
    outcome.result = BuildResult::refused;
    Verification proof = verify_file(file, [&](const Artifact&) { return wanted; }, policy);
    outcome.size = fs::file_size(file);
    outcome.artifact = std::move(proof.artifact);
    for (Finding& finding : proof.findings) outcome.findings.push_back(std::move(finding));
    if (worst_of(outcome.findings) == Level::error) {
        fs::remove(file);
        return false;
    }
    outcome.result = BuildResult::failed;  // should anything from here on fail
    return true;
}

// Whether what the project's hooks made of the packed `file` is still a program for its target;
// nothing more of what is packed can be read.
bool verify_packed(const fs::path& file, const Expectation& wanted, BuildOutcome& outcome) {
    const auto headers = [&](const Artifact& packed) {
        Expectation expected = expectation_of(packed);
        expected.os = wanted.os;
        expected.arch = wanted.arch;
        expected.is_program = true;
        return expected;
    };
    outcome.size = fs::file_size(file);
    for (Finding& finding : verify_file(file, headers, {}).findings)
        if (finding.level == Level::error) outcome.findings.push_back(std::move(finding));
    if (worst_of(outcome.findings) != Level::error) return true;
    outcome.result = BuildResult::refused;
    fs::remove(file);
    return false;
}

// Proves the artifact, packs it where that is asked for, and has the project's hooks sign it or
// what else they do; what they make of it is looked at again.
void complete(const fs::path& file, const Expectation& wanted, const Policy& policy,
              const fs::path& upx, StepHooks& hooks, BuildOutcome& outcome) {
    const Findings told = outcome.findings;
    if (!verify(file, wanted, policy, outcome)) return;
    if (!upx.empty()) pack(file, upx, outcome);
    if (hooks.run_after(file)) {
        if (outcome.packed_from.empty()) {
            outcome.findings = told;
            if (!verify(file, wanted, policy, outcome)) return;
        } else if (!verify_packed(file, wanted, outcome)) {
            return;
        }
    }
    outcome.digest = digest_of(file);
    outcome.result = BuildResult::proved;
}

// A build without cgo leaves C code out: what it makes may fail when it runs.
void note_dropped_code(const Step& step, BuildOutcome& outcome) {
    if (step.environment.get("CGO_ENABLED") != "0") return;
    for (const std::string& package : step.with_c_code)
        outcome.findings.push_back(
            {"cgo-dropped",
             base::format("{} has C code, which a build without cgo leaves out; it may fail when "
                          "it runs",
                          package),
             Level::warning});
}

void build_step(const Step& step, const BuildOptions& options, const fs::path& place,
                BuildOutcome& outcome) {
    if (step.failure) std::rethrow_exception(step.failure);
    StepHooks hooks{options, step.target, step.file};
    hooks.run_before();
    GoBuild built = run_go_build(step, options);
    outcome.log = std::move(built.log);
    outcome.log_file = std::move(built.log_file);
    note_dropped_code(step, outcome);
    if (!built.succeeded) {
        outcome.diagnoses = diagnose(outcome.log, step.target);
        return;
    }
    outcome.file = options.output / step.file;
    Policy policy = options.policy;
    demand(step.c.settings, step.target.platform.os, policy);
    policy.builder_paths.push_back(options.directory.native());
    const fs::path file = place / step.file;
    outcome.result = BuildResult::refused;
    outcome.normalised = copy_normalised(built.file, file);
    complete(file, step.wanted, policy, options.upx, hooks, outcome);
}

// The step for amd64 that `arm64` makes a universal program with; null where there is none.
const Step* partner_of(const Step& arm64, const Plan& plan) {
    if (arm64.target.platform.str() != "darwin/arm64") return nullptr;
    const auto found = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
        return step.target.platform.str() == "darwin/amd64" &&
               step.universal_file == arm64.universal_file;
    });
    return found == plan.steps.end() ? nullptr : &*found;
}

void add_universal_programs(const Plan& plan, const BuildOptions& options, const fs::path& place,
                            std::vector<BuildOutcome>& outcomes) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const Step& arm64 = plan.steps[i];
        const Step* amd64 = partner_of(arm64, plan);
        if (amd64 == nullptr) continue;
        const auto other = static_cast<std::size_t>(amd64 - plan.steps.data());
        if (outcomes[i].result != BuildResult::proved ||
            outcomes[other].result != BuildResult::proved)
            continue;
        BuildOutcome outcome = outcome_for(arm64);
        outcome.target = {{"darwin", "all"}, {}};
        outcome.file = options.output / arm64.universal_file;
        const fs::path file = place / arm64.universal_file;
        try {
            write_universal({place / amd64->file, place / arm64.file}, file);
            outcome.result = BuildResult::refused;
            outcome.normalised = normalise_file(file);
            StepHooks hooks{options, outcome.target, arm64.universal_file};
            complete(file, arm64.wanted, options.policy, {}, hooks, outcome);
        } catch (...) {
            outcome.log = message_of(std::current_exception(), outcome.code);
        }
        outcomes.push_back(std::move(outcome));
    }
}

std::string_view word_for(BuildResult result) {
    return result == BuildResult::proved ? "proved" : "failed";
}

}  // namespace

std::vector<BuildOutcome> build(const Plan& plan, const BuildOptions& options,
                                const fs::path& place) {
    std::vector<BuildOutcome> outcomes;
    outcomes.reserve(plan.steps.size());
    for (const Step& step : plan.steps) outcomes.push_back(outcome_for(step));
    std::atomic<bool> stop = false;
    const std::size_t slots = options.jobs != 0 ? options.jobs : build_slots();
    base::for_each_parallel(plan.steps.size(), slots, [&](std::size_t index) {
        BuildOutcome& outcome = outcomes[index];
        if (stop) {
            outcome.result = BuildResult::skipped;
            outcome.log = "not begun, because another target had failed";
            return;
        }
        try {
            options.tell(index, "building");
            build_step(plan.steps[index], options, place, outcome);
        } catch (...) {
            outcome.log = message_of(std::current_exception(), outcome.code);
            outcome.diagnoses = diagnose(outcome.log, outcome.target);  // go list says things, too
        }
        if (options.fails_fast && outcome.result != BuildResult::proved) stop = true;
        options.tell(index, std::string{word_for(outcome.result)});
    });
    base::throw_if_interrupted();
    if (options.universal) add_universal_programs(plan, options, place, outcomes);
    return outcomes;
}

}  // namespace gov::cross
