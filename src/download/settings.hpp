// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings: where releases may come from, and what proves them.

#include "base/environment.hpp"
#include "download/access.hpp"
#include "download/proxy_list.hpp"
#include "download/source.hpp"
#include "project/config.hpp"
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

// One source to ask.
struct Site {
    SourceKind kind;
    std::string mirror;  // base URL of a download site; empty for proxies, which GOPROXY lists
};

// Where releases may come from and what proves them, from the environment, the user's config.toml
// and Go's configuration.
struct Settings {
    store::Places places;
    toolchain::Platform platform;
    std::vector<SourceKind> sources;
    std::vector<std::string> mirrors;  // base URLs of download sites, in the order to ask them
    bool offline = false;              // GOV_OFFLINE: nothing is asked over the network
    project::Config::Verify verify = project::Config::Verify::log;
    Access access;
    std::string goproxy;  // as Go's configuration has them
    std::string gosumdb;
    std::optional<Locked> locked = {};  // one more thing that must agree

    // The sources in the order to ask them.
    std::vector<Site> sites() const;

    // Throws Error (ExitCode::usage) for settings that make no sense, and as project::read_config.
    static Settings of(const base::Environment& environment, const store::Places& places);
};

}  // namespace gov::download
