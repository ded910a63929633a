// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/pinning.hpp"
#include "project/pin_file.hpp"

namespace gov::commands {

namespace {

using activation::Choice;
using activation::Origin;
using base::ExitCode;
using toolchain::VersionSpec;

constexpr std::string_view heading =
    "# The Go release for this project: gov install brings it, gov use changes it.\n"
    "# What else can stand here is in gotoolchain.toml(5).\n";

// What to pin, and why, for people.
struct Seed {
    VersionSpec spec;
    std::string why;
};

// A floor becomes the installed release that it comes to here, or its line where none reaches it.
VersionSpec pin_for(const Choice& choice, const store::Places& places) {
    if (!choice.floor) {
        const auto exact = choice.specs[0].exact();
        return exact ? VersionSpec::exactly(*exact) : choice.specs[0];
    }
    try {
        return VersionSpec::exactly(activation::resolve(choice, places).version);
    } catch (const base::Error& error) {
        if (error.code() != ExitCode::no_release) throw;
        return VersionSpec::require(choice.floor->language());
    }
}

// What the files here ask for, else the default, else the newest installed release.
Seed seed_of(const Invocation& invocation, activation::Sight& sight, const store::Places& places) {
    base::Environment environment = invocation.environment;
    environment.unset("GOV_VERSION");
    activation::Dependencies unwatched;
    const auto choice = activation::choose(sight, environment, places, unwatched);
    if (choice && choice->specs[0].kind() != VersionSpec::Kind::linked)
        return {pin_for(*choice, places),
                choice->origin == Origin::fallback
                    ? ", which is your default"
                    : base::format(", as {} asks for {}", choice->reason(), choice->wanted())};
    const auto installed = store::installed(places);
    if (!installed.empty())
        return {VersionSpec::exactly(installed.back().version),
                ", the newest that is installed: nothing here asks for a version"};
    return {VersionSpec::require("stable"), ": nothing here asks for a version"};
}

// Says which files beside the new one no longer count.
void say_passed_over(const Invocation& invocation,
                     std::span<const activation::Landmark> landmarks) {
    using Kind = activation::Landmark::Kind;
    for (const activation::Landmark& landmark : landmarks) {
        const std::filesystem::path path{landmark.path};
        const bool is_pin =
            landmark.kind == Kind::version_file || landmark.kind == Kind::tool_versions;
        if (is_pin && path.parent_path() == invocation.directory)
            invocation.output.note(
                base::format("{} has no say in Go's version any more: {} comes before it",
                             base::printable(path.native()), project::pin_file_name));
    }
}

ExitCode run(const Invocation& invocation) {
    const std::filesystem::path path = pin_file_here(invocation);
    if (project::read_pin_file(path))
        throw base::Error{base::format("{} is there already", base::printable(path.native())),
                          "its go line is changed by: gov use VERSION", ExitCode::usage};
    const store::Places places = store::Places::of(invocation.environment);
    activation::Sight sight{invocation.directory.native()};
    const auto& words = invocation.arguments.words;
    const Seed seed = words.empty() ? seed_of(invocation, sight, places)
                                    : Seed{VersionSpec::require(words[0]), {}};
    if (!words.empty()) refuse_unknown(invocation, places, seed.spec);
    write_project_file(path, "", std::string{heading} + project::with_version(path, "", seed.spec),
                       places);
    say_pinned(invocation, places, path, seed.spec, seed.why);
    say_passed_over(invocation, sight.landmarks());
    return ExitCode::done;
}

}  // namespace

constinit const Command init_command{
    .name = "init",
    .topic = Topic::projects,
    .summary = "write a .gotoolchain.toml from what is here",
    .words = "[VERSION]",
    .most_words = 1,
    .completes = WordKind::installed,
    .help =
        "Without VERSION it pins what .go-version, .tool-versions, go.work or go.mod asks\n"
        "for: the same range, or for the go line of go.mod, which is only the oldest\n"
        "that will do, the release that gov takes for it here. Where none of them is\n"
        "there it pins the default, or the newest installed release.",
    .run = run,
};

}  // namespace gov::commands
