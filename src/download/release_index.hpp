// SPDX-License-Identifier: Apache-2.0
#pragma once
// The download site's index of releases, in the JSON schema of go.dev/dl.

#include "base/crypto.hpp"
#include "toolchain/platform.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::download {

// What the index says of one archive.
struct IndexedArchive {
    std::string file_name;
    std::uint64_t size = 0;              // in bytes
    std::optional<base::Digest> sha256;  // old releases have none
};

// The archive of `version` for `platform` in the index `json`; nullopt where it has none. Rows that
// nobody asked for may be as odd as they like; the one asked for must be named as its release is.
// Throws Error: ExitCode::unreachable where `json` is no index at all, so that nothing was served;
// ExitCode::verification for a bad row, or two that contradict.
std::optional<IndexedArchive> find_archive(std::string_view json,
                                           const toolchain::GoVersion& version,
                                           const toolchain::Platform& platform);

// The versions that the index `json` has an archive of for `platform`, in its order. Releases whose
// names are no versions are passed over: there are some. Throws Error (ExitCode::unreachable) as
// find_archive does.
std::vector<toolchain::GoVersion> list_releases(std::string_view json,
                                                const toolchain::Platform& platform);

}  // namespace gov::download
