// SPDX-License-Identifier: Apache-2.0
#include "commands/cross_request.hpp"

#include "activation/project_environment.hpp"
#include "activation/selection.hpp"
#include "activation/use.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "cross/build_environment.hpp"
#include "store/go_settings.hpp"

#include <algorithm>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

// What the user named from where they stand, as it is called from the project's directory.
fs::path seen_from_project(const fs::path& named, const Invocation& invocation,
                           const fs::path& project) {
    if (named.is_absolute() || project == invocation.directory) return named;
    return (invocation.directory / named).lexically_relative(project);
}

// The same for a pattern of packages: import paths are the same everywhere.
std::string package_seen_from_project(const std::string& pattern, const Invocation& invocation,
                                      const fs::path& project) {
    const bool is_path = pattern == "." || pattern == ".." || pattern.starts_with("./") ||
                         pattern.starts_with("../") || pattern.ends_with(".go");
    if (!is_path || project == invocation.directory) return pattern;
    const fs::path path = seen_from_project(pattern, invocation, project).lexically_normal();
    return path.native().starts_with("..") ? path.native() : "./" + path.native();
}

cross::BuildSettings flags_of(const Arguments& arguments) {
    cross::BuildSettings flags;
    if (const auto package = arguments.value("package"))
        flags.packages = std::vector{std::string{*package}};
    if (const auto tags = arguments.value("tags")) flags.tags = base::words_between(',', *tags);
    if (const auto ldflags = arguments.value("ldflags"))
        flags.ldflags = std::vector{std::string{*ldflags}};
    if (arguments.has("no-buildvcs")) flags.buildvcs = false;
    flags.c = c_settings_of(arguments);
    for (const auto& [name, value] : arguments.options) {
        if (name != "set") continue;
        const auto equals = value.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Error{base::format("--set {}: not NAME=VALUE", base::printable(value)),
                        "as in --set main.commit={commit}", ExitCode::usage};
        flags.variables.insert_or_assign(value.substr(0, equals), value.substr(equals + 1));
    }
    return flags;
}

// What the project's file sets of the environment, as far as it is trusted.
activation::ProjectEnvironment environment_of(const fs::path& project, const fs::path& goroot,
                                              const base::Environment& user,
                                              const store::Places& places) {
    activation::Sight sight{project.native()};
    activation::Dependencies unwatched;
    return activation::project_environment(sight, goroot, user, places, unwatched);
}

// `user` with the one setting of the network that a project's file may make.
base::Environment with_private_modules(base::Environment user,
                                       const activation::ProjectEnvironment& project) {
    for (const activation::Setting& setting : project.variables)
        if (setting.name == "GOPRIVATE" && setting.value) user.set(setting.name, *setting.value);
    return user;
}

}  // namespace

CrossPlaces cross_places(const Invocation& invocation, const store::Places& places) {
    CrossPlaces result{invocation.directory, "dist", cross_project(invocation.directory, places)};
    if (const auto& project = result.project) {
        result.directory = project->directory;
        if (project->table.output) result.output = *project->table.output;
        if (project->directory != invocation.directory)
            invocation.output.note(
                base::format("the project is in {}", base::printable(project->directory.native())));
    }
    if (const auto output = invocation.arguments.value("output"))
        result.output = seen_from_project(*output, invocation, result.directory);
    return result;
}

CrossRequest cross_request(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    auto [directory, output, project] = cross_places(invocation, places);
    const auto selection = activation::require_selection(directory, invocation.environment, places);
    activation::note_use(selection, places);
    const fs::path& goroot = selection.require_toolchain().goroot;
    if (selection.version < toolchain::GoVersion::require("1.13"))
        throw Error{base::format("{} cannot trim paths and leaves no build information, "
                                 "so its programs cannot be proved",
                                 selection.version.name()),
                    "cross builds need Go 1.13 or later", ExitCode::usage};
    auto of_project = environment_of(directory, goroot, invocation.environment, places);
    cross::BuildEnvironment environment =
        cross::build_environment(with_private_modules(invocation.environment, of_project), goroot,
                                 store::goroots_with_settings(invocation.environment, places));
    CrossRequest request{
        .plan = {.goroot = goroot,
                 .go_version = selection.version,
                 .environment = std::move(environment.variables),
                 .directory = directory,
                 .table = project ? std::move(project->table) : cross::CrossTable{},
                 .flags = flags_of(invocation.arguments),
                 .targets = invocation.arguments.words,
                 .collector = toolchain::collector_settings(invocation.environment),
                 .compilers = compiler_places(invocation.environment)},
        .output = std::move(output),
        .dropped = std::move(environment.dropped),
        .entries = std::move(of_project.entries),
        .test = project ? std::move(project->test) : cross::TestTable{}};
    if (auto& sdk = request.plan.flags.c.sdk) sdk = (invocation.directory / *sdk).native();
    if (auto& packages = request.plan.flags.packages)
        for (std::string& pattern : *packages)
            pattern = package_seen_from_project(pattern, invocation, directory);
    if (const auto version = invocation.arguments.value("version"))
        request.plan.version = std::string{*version};
    return request;
}

std::vector<cross::Target> targets_of(const cross::Plan& plan) {
    std::vector<cross::Target> targets;
    for (const cross::Step& step : plan.steps)
        if (std::ranges::find(targets, step.target) == targets.end())
            targets.push_back(step.target);
    return targets;
}

}  // namespace gov::commands
