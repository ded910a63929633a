// SPDX-License-Identifier: Apache-2.0
#pragma once
// VcsStamp: whether go writes the commit into what it builds, decided rather than left to it.

#include "base/environment.hpp"
#include "toolchain/go_version.hpp"

#include <filesystem>
#include <string>

namespace gov::cross {

struct VcsStamp {
    std::string flag;         // of go build; empty: its release (before Go 1.18) knows none
    std::string commit_time;  // seconds since 1970; empty: there is no commit
    std::string note;         // why there is no stamp where one might be expected; else empty
};

// What holds for `directory`: a stamp where a git repository with a commit holds it, unless it is
// not `wanted`. Left to itself, go leaves the stamp out in silence where git is missing. Throws
// Error (ExitCode::missing_dependency) there; where git cannot read the repository, go says so.
VcsStamp vcs_stamp(const std::filesystem::path& directory, const toolchain::GoVersion& version,
                   const base::Environment& environment, bool wanted);

}  // namespace gov::cross
