// SPDX-License-Identifier: Apache-2.0
#include "download/index_cache.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "download/release_index.hpp"
#include "download/url.hpp"

#include <algorithm>
#include <optional>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using base::Json;

namespace {

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

// Beside the index: what the server called this version of it, so that it can be asked for another.
fs::path tag_file(const fs::path& file) {
    return fs::path{file}.replace_extension(".tag");
}

std::string hash_of(const std::string& json) {
    return base::to_hex(base::sha256(base::as_bytes(json)));
}

// What cannot be kept is fetched again the next time.
void keep(const fs::path& file, const Http::Answer& answer) noexcept {
    try {
        base::make_private_directory(file.parent_path());
        base::write_file_unsynced(file, answer.body);
        const Json tag = Json::Object{{"sha256", hash_of(answer.body)},
                                      {"etag", answer.etag},
                                      {"last_modified", answer.last_modified}};
        base::write_file_unsynced(tag_file(file), tag.write());
    } catch (const Error&) {
        return;
    }
}

// The request for the index of `mirror` if it is another than `kept`, where that can be told.
Request request_for(const std::string& mirror, const fs::path& file,
                    const std::optional<Index>& kept) {
    constexpr std::size_t largest_tag = 64 * 1024;
    Request request{.url = index_url(mirror)};
    try {
        const auto text = kept ? base::read_file(tag_file(file), largest_tag) : std::nullopt;
        if (!text) return request;
        const Json tag = Json::parse(*text);
        if (tag.text("sha256") != hash_of(kept->json)) return request;
        request.if_none_match = tag.text("etag");
        request.if_modified_since = tag.text("last_modified");
    } catch (const Error&) {
        return request;  // damaged: as good as absent
    }
    return request;
}

}  // namespace

Index fetch_index(const std::string& mirror, const fs::path& cache, Network network,
                  const Access& access) {
    const fs::path file = file_for(mirror, cache);
    std::optional<Index> kept = read_kept(file);
    const bool is_young = kept && kept->age < index_is_young && network != Network::revalidated;
    if (is_young || (kept && network == Network::offline)) return std::move(*kept);
    if (network == Network::offline)
        throw Error{"no release index is kept from earlier", "try again without --offline",
                    ExitCode::unreachable};
    try {
        auto answer = Http{access}.ask(request_for(mirror, file, kept), largest_index);
        if (answer.outcome == Outcome::absent)
            throw Error{base::format("{} has no release index", shown_url(mirror)),
                        "check the mirror's address", ExitCode::unreachable};
        if (answer.outcome == Outcome::unchanged) {
            std::error_code failed;  // then it is asked for again the next time
            fs::last_write_time(file, fs::file_time_type::clock::now(), failed);
            return {std::move(kept->json)};
        }
        list_releases(answer.body, toolchain::Platform::host());  // what is no index is not kept
        keep(file, answer);
        return {std::move(answer.body)};
    } catch (const Error& error) {
        if (!kept || base::exit_code_of(error) != ExitCode::unreachable) throw;
        return std::move(*kept);
    }
}

}  // namespace gov::download
