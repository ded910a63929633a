// SPDX-License-Identifier: Apache-2.0
#pragma once
// The releases that could be installed, from every source.

#include "download/index_cache.hpp"
#include "download/settings.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace gov::download {

// A release and who has it.
struct Offer {
    toolchain::GoVersion version;
    std::vector<SourceKind> sources;
};

struct Catalog {
    std::vector<Offer> offers;             // newest first
    std::chrono::seconds index_age{0};     // of the download site's index
    std::vector<std::string> passed_over;  // sources that gave no list, and why
};

// What the sources of `settings` have for its platform. Throws Error (ExitCode::unreachable) where
// no source gives a list.
Catalog read_catalog(const Settings& settings, Network network);

}  // namespace gov::download
