// SPDX-License-Identifier: Apache-2.0
#include "activation/locked_choice.hpp"
#include "commands/all_commands.hpp"
#include "commands/locking.hpp"
#include "download/resolve.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using toolchain::GoVersion;

constexpr std::array options{
    Option{.name = "platform",
           .value = "OS/ARCH",
           .help = "lock for this platform; may be given several times"},
    Option{.name = "offline", .value = "", .help = "ask nothing over the network"}};

// The release that the lock has, where it is still for the same pin; nullopt otherwise.
std::optional<GoVersion> locked_release(const activation::Choice& choice) {
    try {
        const auto lock = activation::lock_of(choice);
        return lock ? std::optional{lock->release} : std::nullopt;
    } catch (const base::Error&) {
        return std::nullopt;
    }
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    download::Settings settings = download::Settings::of(invocation.environment, places);
    settings.offline = settings.offline || invocation.arguments.has("offline");
    const activation::Choice choice = require_project_choice(invocation, places);
    auto release = locked_release(choice);
    if (!release)
        release =
            download::Resolver{settings}.resolve(choice.specs[0], download::Preference::installed);
    write_lock(invocation, choice, *release, settings);
    return ExitCode::done;
}

}  // namespace

constinit const Command lock_command{
    .name = "lock",
    .topic = Topic::projects,
    .summary = "fix the release that the pin means, and its hashes",
    .options = options,
    .help =
        "Writes .gotoolchain.lock beside the file that pins: the release, which stays\n"
        "until gov upgrade or until the pin changes, and for each platform the hashes\n"
        "that can be looked up without downloading anything. gov install refuses what\n"
        "differs from them.",
    .run = run,
};

}  // namespace gov::commands
