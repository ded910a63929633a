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

// Writes `spec` into the pin file `path`; what cannot be a pin is not written.
void write_pin(const std::filesystem::path& path, const toolchain::VersionSpec& spec) {
    const std::string before = project::read_pin_file(path).value_or("");
    const std::string after = project::with_version(path, before, spec);
    project::parse_pin(path, after);
    base::write_file_atomically(path, after);
}

// The selection that the pin comes to; nullopt where no installed release serves.
std::optional<activation::Selection> pinned(const activation::Choice& choice,
                                            const store::Places& places) {
    try {
        return activation::resolve(choice, places);
    } catch (const base::Error& error) {
        if (error.code() != ExitCode::no_release) throw;
        return std::nullopt;
    }
}

// Whether a file may select `toolchain` without having been allowed.
bool is_for_any_file(const store::Toolchain& toolchain, const store::Places& places) {
    return toolchain.link.empty() && store::is_proved(places, toolchain.version);
}

ExitCode run(const Invocation& invocation) {
    const auto spec = toolchain::VersionSpec::require(invocation.arguments.words[0]);
    std::filesystem::path path = invocation.directory / project::pin_file_name;
    if (std::filesystem::is_symlink(path)) path = std::filesystem::canonical(path);
    const store::Places places = store::Places::of(invocation.environment);
    const activation::Choice choice{{spec}, activation::Origin::pin, path, 1};
    const auto selection = pinned(choice, places);
    write_pin(path, spec);
    const bool is_there = selection && selection->toolchain;
    const std::string release = is_there ? selection->name() : choice.wanted();
    invocation.output.note(
        is_there && !spec.exact()
            ? base::format("{} now pins {}, here {}", path.native(), spec.meaning(), release)
            : base::format("{} now pins {}", path.native(), release));
    if (!is_there)
        invocation.output.note(
            spec.exact() ? base::format("it is not installed; run: gov install {}", release)
                         : "no installed release is that; run: gov install");
    if (!selection) return ExitCode::done;
    if (is_there && !is_for_any_file(*selection->toolchain, places))
        invocation.output.note("nothing proved it, so the file has to be allowed: gov allow");
    store::note_use(places, selection->name(), path);
    const auto landmarks = activation::landmarks_of(invocation.directory.native());
    if (const auto floor = activation::missed_floor(*selection, landmarks))
        invocation.output.note(activation::describe_missed_floor(*selection, *floor));
    return ExitCode::done;
}

}  // namespace

constinit const Command use_command{
    .name = "use",
    .topic = Topic::projects,
    .summary = "pin this directory to a release",
    .words = "VERSION",
    .fewest_words = 1,
    .most_words = 1,
    .completes = WordKind::installed,
    .help =
        "Writes the go line of .gotoolchain.toml here, or edits it in place: comments\n"
        "and everything else stay as they are. A range or a name (1.22, ^1.22, stable)\n"
        "stays what it is: the newest installed release that it admits is in effect.",
    .run = run,
};

}  // namespace gov::commands
