// SPDX-License-Identifier: Apache-2.0
#include "commands/cross_running.hpp"

#include "activation/own_program.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/targets.hpp"
#include "store/places.hpp"

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

constexpr std::chrono::seconds default_limit = std::chrono::minutes{10};  // as go test's own

base::Environment environment_for(const cross::PlanRequest& plan, const cross::Target& target) {
    const cross::BuildSettings settings = settings_for(plan, target);
    base::Environment environment = plan.environment;
    environment.set("GOOS", target.platform.os);
    environment.set("GOARCH", target.platform.arch);
    if (!target.variant.empty()) environment.set(target.variant_setting(), target.variant);
    for (const auto& [name, value] : settings.environment) environment.set(name, value);
    return environment;
}

}  // namespace

cross::BuildSettings settings_for(const cross::PlanRequest& plan, const cross::Target& target) {
    cross::BuildSettings settings = plan.table.settings;
    for (const auto& [pattern, own] : plan.table.targets)
        if (cross::matches(pattern, target)) settings.apply(own);
    settings.apply(plan.flags);
    return settings;
}

std::vector<cross::Target> targets_to_run(const CrossRequest& request,
                                          const std::vector<std::string>& patterns) {
    const cross::CrossTable& table = request.plan.table;
    const auto known = cross::known_targets(request.plan.goroot);
    if (!patterns.empty()) return cross::expand_targets(patterns, known);
    if (request.test.targets) return cross::expand_targets(*request.test.targets, known);
    return cross::expand_targets(table.settings.targets.value_or(std::vector<std::string>{}),
                                 known);
}

std::chrono::seconds time_limit_of(const Arguments& arguments, std::chrono::seconds otherwise) {
    const auto text = arguments.value("timeout");
    if (!text) return otherwise;
    const auto limit = cross::parse_duration(*text);
    if (!limit)
        throw Error{base::format("--timeout {}: not a time", base::printable(*text)),
                    "as in 90s, 10m or 1h", ExitCode::usage};
    return *limit;
}

cross::RunContext run_context(const Invocation& invocation, const CrossRequest& request,
                              const cross::Target& target, const fs::path& temporary) {
    const cross::PlanRequest& plan = request.plan;
    cross::TestSettings settings = request.test.settings_for(target);
    return {.gov = activation::own_path(),
            .goroot = plan.goroot,
            .go_version = plan.go_version,
            .directory = plan.directory,
            .cache = store::Places::of(invocation.environment).cache,
            .temporary = temporary,
            .user = invocation.environment,
            .build_environment = environment_for(plan, target),
            .target = target,
            .limit = time_limit_of(invocation.arguments, settings.timeout.value_or(default_limit)),
            .variables = std::move(settings.environment),
            .own = request.test.runner_for(target),
            .note = [&output = invocation.output, name = target.str()](const std::string& text) {
                output.note(name + ": " + text);
            }};
}

}  // namespace gov::commands
