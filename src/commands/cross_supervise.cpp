// SPDX-License-Identifier: Apache-2.0
#include "base/interrupt.hpp"
#include "commands/all_commands.hpp"
#include "cross/running/supervision.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const auto& program = invocation.arguments.rest;
    if (!program || program->empty())
        throw base::Error{"cross supervise is for gov alone", {}, ExitCode::usage};
    const int status =
        cross::supervise(cross::read_supervision(invocation.arguments.words[0]), *program);
    return static_cast<ExitCode>(status);
}

}  // namespace

constinit const Command cross_supervise_command{
    .name = "cross supervise",
    .topic = Topic::cross,
    .summary = "run a program for another gov, and end all that it starts",
    .words = "FILE -- PROGRAM [WORD]...",
    .fewest_words = 1,
    .most_words = 1,
    .takes_rest = true,
    .help =
        "go test starts this for each program of gov cross test. FILE has the runner's\n"
        "words, the environment, the limit, and the gov that it is for.",
    .run = run,
    .internal = true,
};

}  // namespace gov::commands
