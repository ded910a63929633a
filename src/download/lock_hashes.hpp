// SPDX-License-Identifier: Apache-2.0
#pragma once
// look_up_hashes(): what a lock can say of a release without its archive being downloaded.

#include "download/settings.hpp"
#include "project/lock_file.hpp"

#include <span>
#include <string>
#include <vector>

namespace gov::download {

struct PlatformHashes {
    project::LockedPlatform hashes;    // empty where there are none
    std::vector<std::string> reasons;  // why one is missing of this platform alone
};

struct LookedUp {
    std::vector<PlatformHashes> platforms;  // in the order asked for
    std::vector<std::string> reasons;       // why an index of archives could not be asked
};

// For each platform the SHA-256 of the archive from the download site's index and the h1 from the
// checksum database, whose record is proved. Throws Error (ExitCode::verification) where one of
// them contradicts itself.
LookedUp look_up_hashes(const Settings& settings, const toolchain::GoVersion& version,
                        std::span<const toolchain::Platform> platforms);

}  // namespace gov::download
