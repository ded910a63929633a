// SPDX-License-Identifier: Apache-2.0
#pragma once
// install(): from a version to a whole, proved toolchain.

#include "download/settings.hpp"
#include "download/wishes.hpp"
#include "store/receipt.hpp"

#include <string>
#include <vector>

namespace gov::download {

// What goes on during an installation; called by one thread at a time, and except where it says so
// by the one that installs.
class Listener {
public:
    virtual ~Listener() = default;
    // Another gov holds the version's lock.
    virtual void waiting() {}
    virtual void asking_log() = 0;
    // From any thread.
    virtual void downloading(std::uint64_t received, std::uint64_t total) = 0;
    // A release is built from its source; `step` says what goes on.
    virtual void building(const std::string& step) { static_cast<void>(step); }
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
// index's SHA-256 or that of `wishes`, unless they do without. Throws Error with the exit code of
// what went wrong; then nothing has changed.
Installed install(const Settings& settings, const toolchain::GoVersion& version,
                  const Wishes& wishes, Listener& listener);

}  // namespace gov::download
