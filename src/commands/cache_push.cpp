// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "cache/exchange.hpp"
#include "commands/all_commands.hpp"
#include "commands/cache_request.hpp"
#include "cross/cross_table.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;

constexpr std::array options{
    Option{.name = "since", .value = "TIME", .help = "what was made or used in the last TIME (1h)"},
    json_option,
};

std::chrono::seconds window_of(const Arguments& arguments) {
    const auto text = arguments.value("since").value_or("1h");
    const auto window = cross::parse_duration(text);
    if (!window)
        throw Error{base::format("--since {}: not a time", base::printable(text)),
                    "as in 90s, 10m or 1h", ExitCode::usage};
    return *window;
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const std::chrono::seconds window = window_of(invocation.arguments);
    const CacheRequest request = cache_request(invocation);
    if (!request.settings.writes())
        throw Error{"the shared cache is for reading only here", "see gov cache stats",
                    ExitCode::usage};
    cache::Statistics statistics;
    const std::string trouble =
        cache::push(request.settings, request.keys, std::chrono::system_clock::now() - window,
                    cache::Sends::results, cache::Patience::all, statistics);
    base::throw_if_interrupted();
    tell_outcome(invocation, request, statistics,
                 base::format("{} results put ({})", statistics.stored.load(),
                              size_text(statistics.bytes_up)),
                 trouble);
    return ExitCode::done;
}

}  // namespace

constinit const Command cache_push_command{
    .name = "cache push",
    .topic = Topic::cross,
    .summary = "put Go's build results into the shared cache",
    .words = "[TARGET]...",
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "Puts what the release in effect made or used here for this machine's platform,\n"
        "or the targets that are named, and the list of it for gov cache pull. gov cross\n"
        "build does it where the release is older than Go 1.24.",
    .run = run,
};

}  // namespace gov::commands
