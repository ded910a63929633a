// SPDX-License-Identifier: Apache-2.0
#include "cross/build.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "cross/build_slots.hpp"
#include "cross/go_build.hpp"
#include "cross/normalise.hpp"
#include "cross/packer.hpp"
#include "cross/parallel.hpp"
#include "cross/universal.hpp"
#include "cross/verification.hpp"

#include <algorithm>
#include <atomic>
#include <exception>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

std::string message_of(const std::exception_ptr& failure, bool& timed_out) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        timed_out = base::exit_code_of(error) == base::ExitCode::time_limit;
        return base::full_message(error);
    }
}

BuildOutcome outcome_for(const Step& step) {
    BuildOutcome outcome;
    outcome.target = step.target;
    outcome.build = step.build;
    outcome.unset_variables = step.unset_variables;
    return outcome;
}

// Puts the artifact in order and reads it back; false where it is not what it should be.
bool prove(const fs::path& file, const Expectation& wanted, const Policy& policy,
           BuildOutcome& outcome) {
    outcome.result = BuildResult::refused;
    outcome.normalised = normalise_file(file);
    Verification proof = verify_file(file, [&](const Artifact&) { return wanted; }, policy);
    outcome.size = fs::file_size(file);
    outcome.artifact = std::move(proof.artifact);
    for (Finding& finding : proof.findings) outcome.findings.push_back(std::move(finding));
    if (worst_of(outcome.findings) == Level::error) {
        fs::remove(file);
        return false;
    }
    outcome.result = BuildResult::failed;  // should anything from here on fail
    outcome.digest = digest_of(file);
    outcome.result = BuildResult::proved;
    return true;
}

void build_step(const Step& step, const BuildOptions& options, const fs::path& place,
                BuildOutcome& outcome) {
    if (step.failure) std::rethrow_exception(step.failure);
    GoBuild built = run_go_build(step, options);
    outcome.log = std::move(built.log);
    outcome.log_file = std::move(built.log_file);
    outcome.findings = std::move(built.findings);
    if (!built.succeeded) {
        outcome.diagnoses = diagnose(outcome.log, step.target);
        return;
    }
    outcome.file = options.output / step.file;
    Policy policy = options.policy;
    policy.builder_paths.push_back(options.directory.native());
    const fs::path file = place / step.file;
    fs::copy_file(built.file, file, fs::copy_options::overwrite_existing);
    if (prove(file, step.wanted, policy, outcome) && !options.upx.empty())
        pack(file, options.upx, outcome);
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
        write_universal({place / amd64->file, place / arm64.file}, file);
        prove(file, arm64.wanted, options.policy, outcome);
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
    for_each_parallel(plan.steps.size(), slots, [&](std::size_t index) {
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
            outcome.log = message_of(std::current_exception(), outcome.timed_out);
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
