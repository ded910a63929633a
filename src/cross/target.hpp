// SPDX-License-Identifier: Apache-2.0
#pragma once
// Target: what a program is built for: a platform, and the variant of its processor.

#include "toolchain/platform.hpp"

#include <string>
#include <string_view>

namespace gov::cross {

struct Target {
    toolchain::Platform platform;
    std::string variant = {};  // the value of GOAMD64 and the like; empty: Go's default

    // "linux/amd64", "linux/amd64/v3".
    std::string str() const;
    // As file names have it: "", "v3", and "v7" for GOARM=7.
    std::string variant_name() const;
    // "GOAMD64"; empty where the architecture has no variants.
    std::string variant_setting() const;

    bool operator==(const Target&) const = default;
};

// ".exe", ".wasm" or nothing.
std::string_view program_extension(const toolchain::Platform& platform) noexcept;

}  // namespace gov::cross
