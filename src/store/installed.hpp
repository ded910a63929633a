// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is installed here, and which release is the default.

#include "store/places.hpp"
#include "toolchain/go_version.hpp"

#include <optional>
#include <vector>

namespace gov::store {

struct Toolchain {
    toolchain::GoVersion version;
    std::filesystem::path goroot;
};

// The toolchain of `version`; nullopt where it is not installed. Its directory is there only when
// it is whole, so one look is enough.
std::optional<Toolchain> find_installed(const Places& places, const toolchain::GoVersion& version);

// All toolchains, oldest version first. Names that are no versions are passed over.
std::vector<Toolchain> installed(const Places& places);

// The version `gov default` chose; nullopt where none was. Throws Error for a damaged file.
std::optional<toolchain::GoVersion> default_version(const Places& places);
void set_default_version(const Places& places, const toolchain::GoVersion& version);

}  // namespace gov::store
