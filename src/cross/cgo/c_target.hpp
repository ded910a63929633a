// SPDX-License-Identifier: Apache-2.0
#pragma once
// The names that C compilers have for Go's targets.

#include "cross/cgo/c_settings.hpp"
#include "cross/target.hpp"

#include <string>
#include <string_view>

namespace gov::cross {

// GNU's, as Debian's cross compilers are named: "aarch64-linux-gnu", "i686-w64-mingw32"; empty
// where there is none.
std::string gnu_triple(const Target& target);

// musl's cross compilers': "aarch64-linux-musl"; empty for what is not linux.
std::string musl_triple(const Target& target);

// zig's, with the floor that `settings` ask for: "x86_64-linux-gnu.2.17", "x86-windows-gnu",
// "aarch64-macos.11.0"; empty where zig has no C library for it.
std::string zig_triple(const Target& target, const CSettings& settings);

// The oldest glibc that programs start on which zig links where nobody asks for another: 2.17, or
// the first that has the machine.
std::string default_glibc(const Target& target);

// Debian's package with the cross compiler of gnu_triple(): "gcc-aarch64-linux-gnu".
std::string debian_package(const Target& target);

}  // namespace gov::cross
