// SPDX-License-Identifier: Apache-2.0
#include "commands/all_commands.hpp"
#include "cross/running/machine.hpp"

#include <charconv>

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const auto& words = invocation.arguments.rest;
    if (!words || words->size() != 5)
        throw base::Error{"cross hold is for gov alone", {}, ExitCode::usage};
    int seconds = 0;
    const std::string& limit = (*words)[3];
    std::from_chars(limit.data(), limit.data() + limit.size(), seconds);
    cross::hold_machine({.start = (*words)[0],
                         .ready = (*words)[1],
                         .stop = (*words)[2],
                         .timeout = std::chrono::seconds{seconds}},
                        (*words)[4]);
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_hold_command{
    .name = "cross hold",
    .topic = Topic::cross,
    .summary = "keep a machine running for another gov",
    .words = "-- START READY STOP SECONDS LOG",
    .takes_rest = true,
    .help =
        "Starts the machine, says when it is ready, and stops it when standard input\n"
        "ends, which it does however the other gov ends.",
    .run = run,
    .internal = true,
};

}  // namespace gov::commands
