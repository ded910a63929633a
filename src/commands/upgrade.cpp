// SPDX-License-Identifier: Apache-2.0
#include "activation/locked_choice.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/locking.hpp"
#include "commands/pinning.hpp"
#include "download/resolve.hpp"
#include "project/pin_file.hpp"
#include "store/installed.hpp"

#include <array>

namespace gov::commands {

namespace {

using activation::Choice;
using base::ExitCode;
using toolchain::GoVersion;
using toolchain::VersionSpec;

constexpr std::array options{
    Option{.name = "major", .value = "", .help = "go on to the newest line of Go"},
    Option{.name = "platform",
           .value = "OS/ARCH",
           .help = "lock for this platform; may be given several times"}};

// The pin that `spec` becomes: a range admits what is newer already, an exact version goes on in
// its line, and both go on to the line of `newest` where they are to.
VersionSpec moved_on(const VersionSpec& spec, bool major, download::Resolver& resolver) {
    const auto exact = spec.exact();
    if (spec.is_moving_name() || (!major && !exact)) return spec;
    if (!major)
        return VersionSpec::exactly(
            resolver.resolve(VersionSpec::from(*exact), download::Preference::newest));
    const auto stable = VersionSpec::require("stable");
    const GoVersion newest = resolver.resolve(stable, download::Preference::newest);
    if (exact) return *exact < newest ? VersionSpec::exactly(newest) : spec;
    const bool admits = spec.admits(newest, GoVersion::require(newest.language()));
    return admits ? spec : VersionSpec::require(newest.language());
}

void edit_pin(const Choice& choice, const VersionSpec& spec, const store::Places& places) {
    if (choice.file.filename() != project::pin_file_name)
        throw base::Error{
            base::format("gov edits {} alone; {} pins {}", project::pin_file_name, choice.reason(),
                         choice.wanted()),
            base::format("write {0} there, or run: gov use {0}", activation::word_of(spec)),
            ExitCode::usage};
    const std::string before = project::read_pin_file(choice.file).value_or("");
    write_project_file(std::filesystem::canonical(choice.file), before,
                       project::with_version(choice.file, before, spec), places);
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const download::Settings settings = download::Settings::of(invocation.environment, places);
    Choice choice = require_project_choice(invocation, places);
    download::Resolver resolver{settings};
    const VersionSpec spec = moved_on(choice.specs[0], invocation.arguments.has("major"), resolver);
    const GoVersion release = resolver.resolve(spec, download::Preference::newest);
    const VersionSpec& before = choice.specs[0];
    if (activation::word_of(spec) != activation::word_of(before)) {
        edit_pin(choice, spec, places);
        invocation.output.note(base::format("{} now pins {}", choice.reason(),
                                            spec.exact() ? release.name() : spec.text()));
        choice.specs = {spec};
    }
    write_lock(invocation, choice, release, settings);
    if (!store::find_installed(places, release))
        invocation.output.note(
            base::format("{} is not installed; run: gov install", release.name()));
    return ExitCode::done;
}

}  // namespace

constinit const Command upgrade_command{
    .name = "upgrade",
    .topic = Topic::projects,
    .summary = "move the pin and its lock on to the newest release",
    .options = options,
    .help =
        "An exact pin in .gotoolchain.toml is edited to the newest release of its line,\n"
        "a range stays what it is; the lock then fixes the newest release that the pin\n"
        "admits. With --major both go on to the newest line.",
    .run = run,
};

}  // namespace gov::commands
