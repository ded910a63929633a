// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings: where releases may come from, and what proves them.

#include "base/environment.hpp"
#include "download/access.hpp"
#include "download/proxy_list.hpp"
#include "download/source.hpp"
#include "store/places.hpp"

#include <string>
#include <vector>

namespace gov::download {

// Where releases may come from and what proves them, from the environment and Go's configuration.
struct Settings {
    store::Places places;
    toolchain::Platform platform;
    std::vector<SourceKind> sources;
    std::string mirror;    // base URL of the download site
    bool offline = false;  // GOV_OFFLINE: nothing is asked over the network
    Access access;
    std::string goproxy;  // as Go's configuration has them
    std::string gosumdb;

    // Throws Error (ExitCode::usage) for settings that make no sense.
    static Settings of(const base::Environment& environment, const store::Places& places);
};

}  // namespace gov::download
