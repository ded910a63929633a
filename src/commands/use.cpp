// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "commands/all_commands.hpp"
#include "project/pin_file.hpp"
#include "store/installed.hpp"
#include "store/uses.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const auto version = toolchain::GoVersion::require(invocation.arguments.words[0]);
    if (version.is_language_only())
        throw base::Error{base::format("{} is a language version, not a release", version.number()),
                          base::format("gov list --remote {} lists its releases", version.number()),
                          ExitCode::usage};
    std::filesystem::path path = invocation.directory / project::pin_file_name;
    if (std::filesystem::is_symlink(path)) path = std::filesystem::canonical(path);
    const std::string before = project::read_pin_file(path).value_or("");
    const std::string after = project::with_version(path, before, version);
    project::parse_pin(path, after);  // what cannot be a pin is not written
    base::write_file_atomically(path, after);
    invocation.output.note(base::format("{} now pins {}", path.native(), version.name()));
    const store::Places places = store::Places::of(invocation.environment);
    store::note_use(places, version.name(), path);
    if (!store::find_installed(places, version))
        invocation.output.note(
            base::format("it is not installed; run: gov install {}", version.name()));
    const auto landmarks = activation::landmarks_of(invocation.directory.native());
    const activation::Selection selection{version, activation::Origin::pin, path, 1, {}};
    if (const auto floor = activation::missed_floor(selection, landmarks))
        invocation.output.note(activation::describe_missed_floor(selection, *floor));
    return ExitCode::done;
}

}  // namespace

constinit const Command use_command{
    .name = "use",
    .summary = "pin this directory to a release",
    .words = "VERSION",
    .fewest_words = 1,
    .most_words = 1,
    .completes = WordKind::installed,
    .help =
        "Writes the go line of .gotoolchain.toml here, or edits it in place: comments\n"
        "and everything else stay as they are.",
    .run = run,
};

}  // namespace gov::commands
