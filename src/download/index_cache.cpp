// SPDX-License-Identifier: Apache-2.0
#include "download/index_cache.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "download/release_index.hpp"
#include "download/url.hpp"

#include <algorithm>
#include <optional>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

namespace {

constexpr std::chrono::hours fresh{1};

// Each mirror has a file of its own.
fs::path file_for(const std::string& mirror, const fs::path& cache) {
    return cache / (base::to_hex(base::sha256(base::as_bytes(mirror))).substr(0, 16) + ".json");
}

std::optional<Index> read_kept(const fs::path& file) {
    std::error_code absent;
    const auto written = fs::last_write_time(file, absent);
    if (absent) return std::nullopt;
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(
        fs::file_time_type::clock::now() - written);
    if (age.count() < 0) return std::nullopt;  // from a clock that was set back since
    try {
        auto json = base::read_file(file, largest_index);
        if (!json) return std::nullopt;
        list_releases(*json, toolchain::Platform::host());
        return Index{std::move(*json), age};
    } catch (const Error&) {
        return std::nullopt;  // damaged: as good as absent
    }
}

// What cannot be kept is fetched again the next time.
void keep(const fs::path& file, const std::string& json) noexcept {
    try {
        base::make_private_directory(file.parent_path());
        base::write_file_atomically(file, json);
    } catch (const Error&) {
        return;
    }
}

}  // namespace

Index fetch_index(const std::string& mirror, const fs::path& cache, Network network,
                  const Access& access) {
    const fs::path file = file_for(mirror, cache);
    std::optional<Index> kept = read_kept(file);
    if (kept && (network == Network::offline || kept->age < fresh)) return std::move(*kept);
    if (network == Network::offline)
        throw Error{"no release index is kept from earlier", "try again without --offline",
                    ExitCode::unreachable};
    try {
        auto json = Http{access}.get(index_url(mirror), largest_index);
        if (!json)
            throw Error{base::format("{} has no release index", shown_url(mirror)),
                        "check GOV_MIRROR", ExitCode::unreachable};
        list_releases(*json, toolchain::Platform::host());  // what is no index is not kept
        keep(file, *json);
        return {std::move(*json)};
    } catch (const Error& error) {
        if (!kept || base::exit_code_of(error) != ExitCode::unreachable) throw;
        return std::move(*kept);
    }
}

}  // namespace gov::download
