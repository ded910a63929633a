// SPDX-License-Identifier: Apache-2.0
#pragma once
// Statistics: what a build cache was asked, and what came of it.

#include "base/json.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace gov::cache {

// Of one run; counted by all of its threads.
struct Statistics {
    using Count = std::atomic<std::uint64_t>;

    Count gets = 0;         // that the go command asked for, or a pull looked for
    Count local_hits = 0;   // of them: were on this machine
    Count remote_hits = 0;  // came from the shared cache
    Count puts = 0;         // that the go command made
    Count stored = 0;       // put into the shared cache
    Count unsent = 0;       // not, for want of time
    Count wrong = 0;        // answers of the shared cache that were not true
    Count failures = 0;     // requests that came to nothing
    Count bytes_down = 0;
    Count bytes_up = 0;
};

// Their names, in the order to tell them.
inline constexpr std::array<std::pair<std::string_view, Statistics::Count Statistics::*>, 10>
    counts{{{"gets", &Statistics::gets},
            {"local_hits", &Statistics::local_hits},
            {"remote_hits", &Statistics::remote_hits},
            {"puts", &Statistics::puts},
            {"stored", &Statistics::stored},
            {"unsent", &Statistics::unsent},
            {"wrong", &Statistics::wrong},
            {"failures", &Statistics::failures},
            {"bytes_down", &Statistics::bytes_down},
            {"bytes_up", &Statistics::bytes_up}}};

// The sums over all runs, with the last trouble; all zero where nothing was kept yet.
struct Totals {
    std::uint64_t runs = 0;
    Statistics counts = {};
    std::string trouble = {};       // the last one, in words
    std::int64_t trouble_time = 0;  // in seconds since 1970
};

// Adds a run to what is kept in `folder`. A failure to do so is nobody's concern.
void keep(const std::filesystem::path& folder, const Statistics& run,
          const std::string& trouble) noexcept;
void read_totals(const std::filesystem::path& folder, Totals& totals);

// Appends what a run found to the file `report`, a line of JSON; adds all that stand in one to
// `sum`. The first trouble among them, or nothing.
void report(const std::filesystem::path& file, const Statistics& run,
            const std::string& trouble) noexcept;
std::string read_reports(const std::filesystem::path& file, Statistics& sum);

base::Json::Object json_of(const Statistics& statistics);

}  // namespace gov::cache
