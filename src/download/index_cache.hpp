// SPDX-License-Identifier: Apache-2.0
#pragma once
// The download site's release index, asked for at most once an hour.

#include "download/http.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace gov::download {

struct Index {
    std::string json;
    std::chrono::seconds age{0};  // since it was fetched
};

// revalidated: also what is kept and young is asked for again.
enum class Network { online, offline, revalidated };

// How long an index is taken for what the site would say.
inline constexpr std::chrono::hours index_is_young{1};

// The index of the site `mirror`, kept in the directory `cache`: the kept one while it is younger
// than an hour (unless revalidated), where the site says that it is still the same (ETag,
// Last-Modified), where the site does not answer, or offline. Throws Error (ExitCode::unreachable)
// where neither the site nor the cache has one.
Index fetch_index(const std::string& mirror, const std::filesystem::path& cache, Network network,
                  const Access& access);

}  // namespace gov::download
