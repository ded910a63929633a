// SPDX-License-Identifier: Apache-2.0
#pragma once
// CCompiler: the compiler that a target's C code is compiled with, and where it is found.

#include "base/environment.hpp"
#include "cross/cgo/c_settings.hpp"
#include "cross/target.hpp"
#include "toolchain/go_version.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

// Where compilers are looked for, and where gov keeps what it makes for them.
struct CompilerPlaces {
    toolchain::Platform host;
    base::Environment environment;    // of the user: its PATH counts
    std::filesystem::path installed;  // what `gov cross cc install` put there
    std::filesystem::path cache;      // for wrappers, stubs, and what zig builds
};

enum class CompilerKind { zig, mingw, gcc, clang, musl, command };

struct CCompiler {
    CompilerKind kind = CompilerKind::command;
    std::string version;                     // "0.17.1"; empty: it does not tell
    std::string triple;                      // what it compiles for, in its own words; may be empty
    std::filesystem::path program;           // absolute
    std::vector<std::string> c = {};         // the command that compiles C; the program first
    std::vector<std::string> cxx = {};       // and C++; empty: it has none
    std::vector<std::string> archiver = {};  // empty: the system's ar
    std::filesystem::path sdk = {};          // Apple's; empty: none

    // "zig 0.17.1".
    std::string name() const;
};

// What a compiler is needed for.
struct CompilerNeed {
    Target target;
    CSettings settings = {};
    std::filesystem::path goroot;
    toolchain::GoVersion go_version;
};

// The compiler for `need`: the one that its settings name, else the first that fits: the system's
// own for this machine, a cross compiler of the distribution, zig; on a Mac Xcode's. Runs it, to
// hear its version. Throws Error: none is there (ExitCode::missing_dependency, the hint says what
// to install), or it cannot do what the settings ask for (ExitCode::usage).
CCompiler require_c_compiler(const CompilerNeed& need, const CompilerPlaces& places);

// "zig", "mingw", "gcc", "clang", "musl", "command".
std::string_view name_of(CompilerKind kind) noexcept;

}  // namespace gov::cross
