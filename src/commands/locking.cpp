// SPDX-License-Identifier: Apache-2.0
#include "commands/locking.hpp"

#include "activation/locked_choice.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "download/lock_hashes.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

using base::Error;
using base::ExitCode;
using project::Lock;
using project::LockedPlatform;
using toolchain::Platform;

namespace {

constexpr std::array<std::string_view, 5> usual_platforms{
    "darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64"};

Platform require_platform(std::string_view text) {
    const auto slash = text.find('/');
    const auto is_name = [](std::string_view name) {
        return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") ==
                                    std::string_view::npos;
    };
    if (slash == std::string_view::npos || !is_name(text.substr(0, slash)) ||
        !is_name(text.substr(slash + 1)))
        throw Error{base::format("\"{}\" is no platform", base::printable(text)),
                    "platforms look like linux/amd64", ExitCode::usage};
    return {std::string{text.substr(0, slash)}, std::string{text.substr(slash + 1)}};
}

// The lock that is there, as far as it can be read: a damaged one is written anew.
std::optional<Lock> previous_lock(const activation::Choice& choice) {
    try {
        return project::read_lock(activation::lock_path(choice));
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::vector<Platform> platforms_for(const Invocation& invocation,
                                    const std::optional<Lock>& before) {
    std::vector<Platform> platforms;
    const auto add = [&](const Platform& platform) {
        if (std::ranges::find(platforms, platform) == platforms.end())
            platforms.push_back(platform);
    };
    for (const auto& [name, value] : invocation.arguments.options)
        if (name == "platform") add(require_platform(value));
    if (!platforms.empty()) return platforms;
    if (before)
        for (const LockedPlatform& one : before->platforms) add(one.platform);
    if (platforms.empty())
        for (const std::string_view name : usual_platforms) add(require_platform(name));
    add(Platform::host());
    return platforms;
}

void tell_missing(const LockedPlatform& hashes, std::span<const std::string> reasons,
                  base::Output& output) {
    if (!hashes.sha256.empty() && !hashes.h1.empty()) return;
    const char* const what =
        hashes.h1.empty() ? (hashes.sha256.empty() ? "hashes" : "an h1") : "an archive's SHA-256";
    output.note(base::format("{} is locked without {}: {}", hashes.platform.str(), what,
                             base::joined(reasons, "; ")));
}

}  // namespace

activation::Choice require_project_choice(const Invocation& invocation,
                                          const store::Places& places) {
    base::Environment environment = invocation.environment;
    environment.unset("GOV_VERSION");
    activation::Dependencies dependencies;
    activation::Sight sight{invocation.directory.native()};
    auto choice = activation::choose(sight, environment, places, dependencies);
    if (!choice || activation::lock_path(*choice).empty())
        throw Error{"no file here asks for a version of Go", "write one with gov use VERSION",
                    ExitCode::no_release};
    return std::move(*choice);
}

void write_lock(const Invocation& invocation, const activation::Choice& choice,
                const toolchain::GoVersion& release, const download::Settings& settings) {
    const auto before = previous_lock(choice);
    const download::LookedUp looked_up =
        download::look_up_hashes(settings, release, platforms_for(invocation, before));
    Lock lock{activation::pin_text(choice), release, {}};
    bool misses_archives = false;
    for (const auto& [found, reasons] : looked_up.platforms) {
        LockedPlatform hashes = found;
        const bool is_same = before && before->release == release;
        if (const auto* known = is_same ? before->find(hashes.platform) : nullptr) {
            if (hashes.sha256.empty()) hashes.sha256 = known->sha256;
            if (hashes.h1.empty()) hashes.h1 = known->h1;
        }
        misses_archives = misses_archives || hashes.sha256.empty();
        if (!reasons.empty()) tell_missing(hashes, reasons, invocation.output);
        lock.platforms.push_back(std::move(hashes));
    }
    if (misses_archives && !looked_up.reasons.empty())
        invocation.output.note("there is no SHA-256 of archives: " +
                               base::joined(looked_up.reasons, "; "));
    const auto path = activation::lock_path(choice);
    base::write_file_atomically(path, project::lock_text(lock));
    invocation.output.note(base::format("{} fixes {} to {}", base::printable(path.native()),
                                        lock.pin, release.name()));
}

}  // namespace gov::commands
