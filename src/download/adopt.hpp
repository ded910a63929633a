// SPDX-License-Identifier: Apache-2.0
#pragma once
// Toolchains that are on this machine already, where other programs keep them.

#include "base/environment.hpp"
#include "download/installer.hpp"

#include <filesystem>
#include <vector>

namespace gov::download {

struct Candidate {
    toolchain::GoVersion version;  // as its VERSION file says
    std::filesystem::path goroot;
};

// The toolchain in `goroot`; nullopt where no GOROOT of a release is.
std::optional<Candidate> read_candidate(const std::filesystem::path& goroot);

// The toolchains that are found where Go itself (module cache, /usr/local/go, ~/sdk), gvm, goenv,
// asdf, mise, g and gobrew keep theirs; one a version, oldest first.
std::vector<Candidate> find_candidates(const base::Environment& environment);

// Installs a copy of `candidate` unless the release is there, proved by the checksum database as a
// download would be. Throws Error as install() does: a tree that was changed is refused.
Installed adopt(const Settings& settings, const Candidate& candidate, Listener& listener);

}  // namespace gov::download
