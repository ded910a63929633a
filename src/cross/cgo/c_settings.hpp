// SPDX-License-Identifier: Apache-2.0
#pragma once
// CSettings: what a project says of the C code in its programs.

#include "cross/artifact/crt.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

enum class Cgo { automatic, on, off };  // automatic: where a package of the program has C code

// nullopt: as where it is not said otherwise.
struct CSettings {
    std::optional<Cgo> cgo = {};
    std::optional<std::string> compiler = {};   // zig, mingw, gcc, clang, musl, or a command
    std::optional<std::string> glibc = {};      // the oldest that programs are to start on: "2.17"
    std::optional<bool> musl = {};              // musl in place of glibc
    std::optional<bool> is_static = {};         // linux programs without a loader
    std::optional<std::string> macos_min = {};  // "11.0"
    std::optional<std::string> sdk = {};        // Apple's, a directory
    std::optional<Crt> crt = {};
    std::optional<std::vector<std::string>> inputs = {};  // patterns of files that C code reads

    // Takes what `over` says.
    void apply(const CSettings& over);
};

// "auto", "on", "off"; nullopt for anything else.
std::optional<Cgo> parse_cgo(std::string_view text) noexcept;

}  // namespace gov::cross
