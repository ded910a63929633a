// SPDX-License-Identifier: Apache-2.0
#pragma once
// Places: where gov keeps things.

#include "base/environment.hpp"
#include "toolchain/go_version.hpp"

#include <filesystem>

namespace gov::store {

struct Places {
    std::filesystem::path home;    // $GOV_HOME, default $XDG_DATA_HOME/gov
    std::filesystem::path config;  // $XDG_CONFIG_HOME/gov
    std::filesystem::path state;   // $XDG_STATE_HOME/gov
    std::filesystem::path cache;   // $XDG_CACHE_HOME/gov

    // As the environment has it; the home directory is $HOME, else that of the password database.
    // Throws Error (ExitCode::usage) where a variable holds a path that is not absolute, or no
    // home directory is known.
    static Places of(const base::Environment& environment);

    std::filesystem::path versions() const { return home / "versions"; }
    std::filesystem::path receipts() const { return home / "receipts"; }
    std::filesystem::path staging() const { return home / "staging"; }
    std::filesystem::path trash() const { return home / "trash"; }
    std::filesystem::path locks() const { return home / "locks"; }
    std::filesystem::path downloads() const { return home / "downloads"; }
    std::filesystem::path links() const { return home / "links"; }
    std::filesystem::path shims() const { return home / "shims"; }
    std::filesystem::path trust() const { return state / "trust"; }
    std::filesystem::path default_file() const { return home / "default"; }
    std::filesystem::path newest_line_file() const { return cache / "newest-line"; }

    // The GOROOT of a release, whether or not it is installed.
    std::filesystem::path goroot(const toolchain::GoVersion& version) const {
        return versions() / version.name();
    }
    // The receipt of a release that something proved: it is there for no other.
    std::filesystem::path receipt(const toolchain::GoVersion& version) const {
        return receipts() / (version.name() + ".json");
    }
    // The receipt of one that was installed although nothing did.
    std::filesystem::path unproved_receipt(const toolchain::GoVersion& version) const {
        return receipts() / (version.name() + ".unproved.json");
    }
};

// The user's home directory: $HOME, else that of the password database. Throws Error
// (ExitCode::usage) where neither has an absolute path.
std::filesystem::path home_directory(const base::Environment& environment);

}  // namespace gov::store
