// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings: where releases may come from, and what proves them.

#include "base/environment.hpp"
#include "download/access.hpp"
#include "download/proxy_list.hpp"
#include "download/source.hpp"
#include "store/places.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gov::download {

// What a lock says of a release for the platform that it is installed for; empty: nothing.
struct Locked {
    toolchain::GoVersion version;
    std::string sha256;  // of the download site's archive, in hex
    std::string h1;
    std::string file;  // that says it
};

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
    std::optional<Locked> locked = {};  // one more thing that must agree

    // Throws Error (ExitCode::usage) for settings that make no sense.
    static Settings of(const base::Environment& environment, const store::Places& places);
};

}  // namespace gov::download
