// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "cache/exchange.hpp"
#include "commands/all_commands.hpp"
#include "commands/cache_request.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;

constexpr std::array options{json_option};

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const CacheRequest request = cache_request(invocation);
    cache::Statistics statistics;
    const std::string trouble =
        cache::pull(request.settings, request.keys, cache::Patience::all, statistics);
    base::throw_if_interrupted();
    tell_outcome(invocation, request, statistics,
                 base::format("{} results listed, {} were here, {} brought ({})",
                              statistics.gets.load(), statistics.local_hits.load(),
                              statistics.remote_hits.load(), size_text(statistics.bytes_down)),
                 trouble);
    return ExitCode::done;
}

}  // namespace

constinit const Command cache_pull_command{
    .name = "cache pull",
    .topic = Topic::cross,
    .summary = "bring Go's build results from the shared cache",
    .words = "[TARGET]...",
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "Brings what builds of this module, with the release in effect, used last on the\n"
        "machine that pushed; for this machine's platform unless targets are named. gov\n"
        "cross build does it by itself.",
    .run = run,
};

}  // namespace gov::commands
