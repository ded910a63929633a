// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "commands/all_commands.hpp"
#include "store/installed.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    if (invocation.arguments.words.empty()) {
        const auto version = store::default_version(places);
        if (!version)
            throw base::Error{"no default is chosen", "choose one with gov default VERSION",
                              ExitCode::no_release};
        invocation.output.result(version->name() + "\n");
        return ExitCode::done;
    }
    const auto version = toolchain::GoVersion::require(invocation.arguments.words[0]);
    if (version.is_language_only())
        throw base::Error{base::format("{} is a language version, not a release", version.number()),
                          "gov list shows the installed releases", ExitCode::usage};
    if (!store::find_installed(places, version))
        throw base::Error{base::format("{} is not installed", version.name()),
                          base::format("run: gov install {}", version.name()),
                          ExitCode::no_release};
    store::set_default_version(places, version);
    invocation.output.note(
        base::format("{} is the default where nothing is pinned", version.name()));
    return ExitCode::done;
}

}  // namespace

constinit const Command default_command{
    .name = "default",
    .summary = "show or choose the release for places that pin none",
    .words = "[VERSION]",
    .most_words = 1,
    .completes = WordKind::installed,
    .run = run,
};

}  // namespace gov::commands
