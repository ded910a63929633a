// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "store/links.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const auto& words = invocation.arguments.words;
    const store::Places places = store::Places::of(invocation.environment);
    const store::Toolchain toolchain =
        store::link(places, words[0], invocation.directory / words[1]);
    invocation.output.note(base::format("{} is {} in {}; nothing proves it", words[0],
                                        toolchain.version.name(),
                                        base::printable(toolchain.goroot.native())));
    return ExitCode::done;
}

}  // namespace

constinit const Command link_command{
    .name = "link",
    .topic = Topic::toolchains,
    .summary = "give a Go that you built yourself a name",
    .words = "NAME DIRECTORY",
    .fewest_words = 2,
    .most_words = 2,
    .completes = WordKind::file,
    .help =
        "The name then stands where a version can: gov exec NAME, gov default NAME,\n"
        "GOV_VERSION=NAME. A project's file selects it only where its owner trusts the\n"
        "file. Nothing is copied and nothing proved; gov unlink forgets the name.",
    .run = run,
};

}  // namespace gov::commands
