// SPDX-License-Identifier: Apache-2.0
#pragma once
// Xcode: the compiler and the SDK that a Mac has for its own programs.

#include "cross/cgo/c_compiler.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gov::cross {

struct Xcode {
    std::filesystem::path clang;
    std::filesystem::path sdk;
    std::string sdk_version;  // "14.5"
};

// What xcrun on the PATH of `places` says; nullopt where there is no xcrun, or it knows no SDK.
std::optional<Xcode> find_xcode(const CompilerPlaces& places);

}  // namespace gov::cross
