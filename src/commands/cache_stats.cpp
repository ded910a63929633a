// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/or_null.hpp"
#include "cache/disk_cache.hpp"
#include "cache/settings.hpp"
#include "cache/statistics.hpp"
#include "commands/all_commands.hpp"
#include "commands/cache_request.hpp"
#include "cross/build_environment.hpp"
#include "download/url.hpp"

#include <array>
#include <filesystem>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::array options{
    Option{.name = "reset", .value = "", .help = "begin to count anew"},
    json_option,
};

std::string share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? "" : base::format(" ({} %)", part * 100 / whole);
}

std::string text_of(const cache::Settings& settings, const cache::DiskCache::Size& local,
                    const cache::Totals& totals) {
    const cache::Statistics& sum = totals.counts;
    std::string text = base::format(
        "shared cache   {}\nmode           {}\nhere           {}\n               {} results, {}\n",
        settings.remote.empty() ? "none is set" : download::shown_url(settings.remote),
        cache::name_of(settings.mode), settings.local.native(), local.entries,
        size_text(local.bytes));
    text += base::format("runs           {}\nasked for      {}\n", totals.runs, sum.gets.load());
    text += base::format("  were here    {}{}\n", sum.local_hits.load(),
                         share(sum.local_hits, sum.gets));
    text += base::format("  were shared  {}{}, {}\n", sum.remote_hits.load(),
                         share(sum.remote_hits, sum.gets), size_text(sum.bytes_down));
    text += base::format("made           {}\n  put          {}, {}\n", sum.puts.load(),
                         sum.stored.load(), size_text(sum.bytes_up));
    text += base::format("not true       {}\nfailures       {}\n", sum.wrong.load(),
                         sum.failures.load());
    if (!totals.trouble.empty()) text += base::format("last trouble   {}\n", totals.trouble);
    return text;
}

Json json_of(const cache::Settings& settings, const cache::DiskCache::Size& local,
             const cache::Totals& totals) {
    Json::Object object{{"remote", base::or_null(download::shown_url(settings.remote))},
                        {"mode", cache::name_of(settings.mode)},
                        {"local", settings.local.native()},
                        {"local_entries", static_cast<std::int64_t>(local.entries)},
                        {"local_bytes", static_cast<std::int64_t>(local.bytes)},
                        {"runs", static_cast<std::int64_t>(totals.runs)}};
    for (Json::Member& count : cache::json_of(totals.counts)) object.push_back(std::move(count));
    object.emplace_back("trouble", base::or_null(totals.trouble));
    object.emplace_back("trouble_time", totals.trouble_time);
    return object;
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const std::string local = cross::build_cache_of(invocation.environment);
    const auto settings = cache::Settings::of(invocation.environment, places, local);
    if (invocation.arguments.has("reset")) {
        std::error_code gone;
        std::filesystem::remove_all(settings.folder, gone);
    }
    cache::Totals totals;
    cache::read_totals(settings.folder, totals);
    const cache::DiskCache::Size size = cache::DiskCache{settings.local}.size();
    invocation.output.result(invocation.arguments.has("json")
                                 ? json_of(settings, size, totals).write()
                                 : text_of(settings, size, totals));
    return ExitCode::done;
}

}  // namespace

constinit const Command cache_stats_command{
    .name = "cache stats",
    .topic = Topic::cross,
    .summary = "tell what the build caches hold and were good for",
    .options = options,
    .help =
        "Tells which shared cache is set and how it is used, what Go's build cache on\n"
        "this machine holds, and what came of all that went through gov since it was\n"
        "counted.",
    .run = run,
};

}  // namespace gov::commands
