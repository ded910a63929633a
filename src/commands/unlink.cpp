// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "store/links.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

// Goes on past a name that is none; the exit code then says so.
ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    ExitCode code = ExitCode::done;
    for (const std::string& name : invocation.arguments.words) {
        if (store::unlink(places, name)) {
            invocation.output.note(
                base::format("{} is no longer linked; its directory stays as it is", name));
            continue;
        }
        invocation.output.error(
            base::Error{base::format("no toolchain is linked as \"{}\"", base::printable(name)),
                        "gov list shows what is"});
        code = ExitCode::no_release;
    }
    return code;
}

}  // namespace

constinit const Command unlink_command{
    .name = "unlink",
    .topic = Topic::toolchains,
    .summary = "forget the name of a linked toolchain",
    .words = "NAME...",
    .fewest_words = 1,
    .most_words = any_number,
    .completes = WordKind::installed,
    .run = run,
};

}  // namespace gov::commands
