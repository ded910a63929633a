// SPDX-License-Identifier: Apache-2.0
#pragma once
// Wishes: what somebody wants of an installation that is not as usual.

#include <string>

namespace gov::download {

struct Wishes {
    bool full = false;      // with what the checksum database does not cover
    bool editable = false;  // sharing no file with another toolchain
    bool insecure = false;  // whether or not anything proves the release
    std::string sha256;     // hex, lower case: what the site's archive must have; empty: any

    // Only the download site's archive will do.
    bool need_site() const noexcept { return full || !sha256.empty(); }
};

}  // namespace gov::download
