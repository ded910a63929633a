// SPDX-License-Identifier: Apache-2.0
#pragma once
// Platform: a GOOS/GOARCH pair, and the names that releases for it go by.

#include "toolchain/go_version.hpp"

#include <string>
#include <string_view>

namespace gov::toolchain {

struct Platform {
    std::string os;    // GOOS
    std::string arch;  // GOARCH

    // The one this program runs on. Throws Error where Go has no name for the machine.
    static Platform host();

    std::string str() const { return os + "/" + arch; }
    bool operator==(const Platform&) const = default;
};

// The module that Go publishes its toolchains as (cmd/go/internal/gover/toolchain.go).
inline constexpr std::string_view toolchain_module = "golang.org/toolchain";

// Its version for a release: "v0.0.1-go1.22.6.linux-amd64".
std::string module_version(const GoVersion& version, const Platform& platform);

// The release's file on the download site: "go1.22.6.linux-amd64.tar.gz" (".zip" for windows).
// 32-bit ARM is "armv6l" there.
std::string archive_name(const GoVersion& version, const Platform& platform);

}  // namespace gov::toolchain
