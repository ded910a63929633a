// SPDX-License-Identifier: Apache-2.0
#pragma once
// install(): from a version to a whole, proved toolchain.

#include "base/environment.hpp"
#include "download/proxy_list.hpp"
#include "download/source.hpp"
#include "store/places.hpp"
#include "store/receipt.hpp"

#include <string>
#include <vector>

namespace gov::download {

// Where releases may come from and what proves them, from the environment and Go's configuration.
struct Settings {
    store::Places places;
    toolchain::Platform platform;
    std::vector<SourceKind> sources;
    std::string mirror;   // base URL of the download site
    std::string goproxy;  // as Go's configuration has them
    std::string gosumdb;

    // Throws Error (ExitCode::usage) for settings that make no sense.
    static Settings of(const base::Environment& environment, const store::Places& places);
};

// What goes on during an installation; called from the thread that installs.
class Listener {
public:
    virtual ~Listener() = default;
    // Another gov holds the version's lock.
    virtual void waiting() {}
    virtual void asking_log() = 0;
    virtual void downloading(std::uint64_t received, std::uint64_t total) = 0;
    // From any thread; `share` is from 0 to 1.
    virtual void unpacking(double share) = 0;
};

enum class Origin { source, was_there, trash };  // where the toolchain is from

struct Installed {
    store::Receipt receipt;
    Origin origin = Origin::source;
    std::vector<std::string> passed_over;  // sources that did not serve, and why: "proxy: …"
};

// Installs `version` unless it is there; what was uninstalled a moment ago is taken back from the
// trash if it still verifies. Nothing is visible of it before it is whole and proved: by
// the checksum database from Go 1.21 on and wherever the module's zip served, else by the https
// index's SHA-256. Throws Error with the exit code of what went wrong; then nothing has changed.
Installed install(const Settings& settings, const toolchain::GoVersion& version,
                  Listener& listener);

}  // namespace gov::download
