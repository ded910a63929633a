// SPDX-License-Identifier: Apache-2.0
#pragma once
// Lock: what a .gotoolchain.lock fixes: the release a pin means, and the hashes it must have.

#include "toolchain/go_version.hpp"
#include "toolchain/platform.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

inline constexpr std::string_view lock_file_name = ".gotoolchain.lock";

struct LockedPlatform {
    toolchain::Platform platform;
    std::string sha256;  // of the download site's archive, in hex; empty: not known
    std::string h1;      // of the toolchain module; empty: not known
};

struct Lock {
    std::string pin;  // as it is written where it stands
    toolchain::GoVersion release;
    std::vector<LockedPlatform> platforms;  // sorted by name

    // What is fixed for `platform`; null where nothing is.
    const LockedPlatform* find(const toolchain::Platform& platform) const;
};

// The lock file `path`; nullopt where there is none. Throws Error (ExitCode::usage) with its line
// for one that cannot be understood, as after a merge that left conflicts in it.
std::optional<Lock> read_lock(const std::filesystem::path& path);
Lock parse_lock(const std::filesystem::path& path, std::string_view text);

// The file's text: a line for the pin, the release and each platform, so that merges are by line.
std::string lock_text(const Lock& lock);

}  // namespace gov::project
