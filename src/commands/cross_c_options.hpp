// SPDX-License-Identifier: Apache-2.0
#pragma once
// The options of cross builds that are about C code.

#include "commands/command.hpp"
#include "cross/cgo/c_compiler.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

// Of the compiler, and of what it makes.
inline constexpr std::array cross_compiler_options{
    Option{.name = "cc", .value = "CC", .help = "by zig, mingw, gcc, clang, musl or a command"},
    Option{.name = "glibc", .value = "V", .help = "to start on glibc V and later (2.17), by zig"},
    Option{.name = "musl", .value = "", .help = "with musl in place of glibc"},
    Option{.name = "static", .value = "", .help = "programs for linux that need no loader"},
    Option{.name = "macos-min", .value = "V", .help = "to start on macOS V and later"},
    Option{
        .name = "sdk", .value = "DIR", .help = "Apple's SDK, for code that needs its frameworks"},
    Option{.name = "crt", .value = "CRT", .help = "the C runtime of Windows: msvcrt or ucrt"},
};

// The options of `lists`, one after the other.
template <std::size_t... sizes>
consteval auto joined_options(const std::array<Option, sizes>&... lists) {
    std::array<Option, (sizes + ...)> all{};
    auto end = all.begin();
    ((end = std::ranges::copy(lists, end).out), ...);
    return all;
}

inline constexpr auto cross_c_options =
    joined_options(std::array{Option{.name = "cgo",
                                     .value = "WHEN",
                                     .help = "compile C code: auto (where there is any), on, off"}},
                   cross_compiler_options);

// What they ask for. Throws Error (ExitCode::usage).
cross::CSettings c_settings_of(const Arguments& arguments);

// Where this machine's compilers are looked for, and gov keeps what it makes for them.
cross::CompilerPlaces compiler_places(const base::Environment& environment);

}  // namespace gov::commands
