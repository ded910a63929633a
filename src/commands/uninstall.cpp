// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/text_lines.hpp"
#include "commands/all_commands.hpp"
#include "commands/known_projects.hpp"
#include "store/installed.hpp"
#include "store/workspace.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using toolchain::GoVersion;

constexpr std::array options{
    Option{.name = "force", .value = "", .help = "also where a known project still asks for it"}};

// Throws Error where a project needs the toolchain `name`.
void refuse_needed(const KnownProjects& projects, const std::string& name) {
    const auto reasons = projects.asking_for(name);
    if (reasons.empty()) return;
    throw base::Error{base::format("{} is still pinned: {}", name, base::joined(reasons, ", ")),
                      base::format("gov uninstall --force {} removes it all the same", name)};
}

void uninstall(const Invocation& invocation, const store::Places& places,
               const KnownProjects& projects, const GoVersion& version) {
    const std::string name = version.name();
    if (!invocation.arguments.has("force")) refuse_needed(projects, name);
    const auto lock = store::lock_version(places, version, [&] {
        invocation.output.note(base::format("waiting for another gov to finish with {}", name));
    });
    if (!store::remove_toolchain(places, version))
        throw base::Error{base::format("{} is not installed", name), "gov list shows what is",
                          ExitCode::no_release};
    invocation.output.note(
        base::format("{} is uninstalled; for an hour it can be had back at once", name));
    if (store::default_version(places) == version)
        invocation.output.note(
            base::format("it was the default; choose another one with gov default VERSION"));
}

// Goes on past a failure; the exit code is the first one's.
ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    std::vector<GoVersion> versions;
    for (const std::string& word : invocation.arguments.words)
        versions.push_back(GoVersion::require(word));
    const KnownProjects projects{invocation.environment, places};
    ExitCode code = ExitCode::done;
    for (const GoVersion& version : versions) {
        try {
            uninstall(invocation, places, projects, version);
        } catch (const base::Error& error) {
            invocation.output.error(error);
            if (code == ExitCode::done) code = base::exit_code_of(error);
        }
    }
    store::clean_up(places);
    return code;
}

}  // namespace

constinit const Command uninstall_command{
    .name = "uninstall",
    .topic = Topic::toolchains,
    .summary = "remove installed releases",
    .words = "VERSION...",
    .fewest_words = 1,
    .most_words = any_number,
    .completes = WordKind::installed,
    .options = options,
    .help =
        "What a project that gov knows still asks for is kept; gov knows the projects\n"
        "it was used in.",
    .run = run,
};

}  // namespace gov::commands
