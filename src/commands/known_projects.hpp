// SPDX-License-Identifier: Apache-2.0
#pragma once
// KnownProjects: what the projects in which gov was ever used ask for now.

#include "activation/selection.hpp"
#include "base/environment.hpp"
#include "store/uses.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gov::commands {

class KnownProjects {
public:
    // Reads the files of all projects that store::uses knows again. One that cannot be read or
    // resolved counts as asking for what it asked for when it was last used.
    KnownProjects(const base::Environment& environment, const store::Places& places);

    // Who asks for `toolchain`, for people: "/p/.gotoolchain.toml:1"; empty where nobody does.
    std::vector<std::string> asking_for(const std::string& toolchain) const;

    // What each of them asks for; without those that cannot be read or resolved.
    const std::vector<activation::Selection>& selections() const noexcept { return selections_; }

    // The records of files that are gone.
    const std::vector<std::filesystem::path>& stale_records() const noexcept { return stale_; }

    // The last use of `toolchain` that was noted; the epoch where none was.
    store::Time last_use(const std::string& toolchain) const;

private:
    std::vector<activation::Selection> selections_;
    std::multimap<std::string, std::string> asking_;  // by toolchain
    std::map<std::string, store::Time> last_uses_;
    std::vector<std::filesystem::path> stale_;
};

}  // namespace gov::commands
