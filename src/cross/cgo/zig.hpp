// SPDX-License-Identifier: Apache-2.0
#pragma once
// Zig: the C compiler that brings the C libraries of other systems with it.

#include "cross/cgo/c_toolchain.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace gov::cross {

struct Zig {
    std::filesystem::path program;
    std::string version;  // "0.17.1"
};

// The zig to use: what `gov cross cc install` put there, else that of PATH, else that of the Python
// package ziglang; nullopt where there is none. Throws Error (ExitCode::verification) where what
// was installed is not what it was.
std::optional<Zig> find_zig(const CompilerPlaces& places);

// The directory for what zig builds: $ZIG_GLOBAL_CACHE_DIR, else gov's own.
std::filesystem::path zig_cache(const CompilerPlaces& places);

enum class CLanguage { c, cxx };  // what is linked for C++ has what C needs, too

// Whether zig has built the libraries of `language` for `compiler`, so that its next program takes
// moments.
bool is_warm(const CCompiler& compiler, CLanguage language, const CompilerPlaces& places);

// Has zig build what every program of `toolchain` in that language needs, unless it is_warm(): two
// that begin at once would harm each other's work, so that there is a lock around it. `tell` is
// called where it is about to take minutes. Throws Error with zig's words.
void warm(const CToolchain& toolchain, CLanguage language, const CompilerPlaces& places,
          const std::function<void(std::string)>& tell);

}  // namespace gov::cross
