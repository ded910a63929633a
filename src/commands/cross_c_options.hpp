// SPDX-License-Identifier: Apache-2.0
#pragma once
// The options of cross builds that are about C code.

#include "commands/command.hpp"
#include "cross/cgo/c_compiler.hpp"

namespace gov::commands {

inline constexpr Option cross_cgo_option{
    .name = "cgo", .value = "WHEN", .help = "compile C code: auto (where there is any), on, off"};
inline constexpr Option cross_cc_option{
    .name = "cc", .value = "CC", .help = "by zig, mingw, gcc, clang, musl or a command"};
inline constexpr Option cross_glibc_option{
    .name = "glibc", .value = "V", .help = "to start on glibc V and later (2.17), by zig"};
inline constexpr Option cross_musl_option{
    .name = "musl", .value = "", .help = "with musl in place of glibc"};
inline constexpr Option cross_static_option{
    .name = "static", .value = "", .help = "programs for linux that need no loader"};
inline constexpr Option cross_macos_option{
    .name = "macos-min", .value = "V", .help = "to start on macOS V and later"};
inline constexpr Option cross_sdk_option{
    .name = "sdk", .value = "DIR", .help = "Apple's SDK, for code that needs its frameworks"};
inline constexpr Option cross_crt_option{
    .name = "crt", .value = "CRT", .help = "the C runtime of Windows: msvcrt or ucrt"};

// What they ask for. Throws Error (ExitCode::usage).
cross::CSettings c_settings_of(const Arguments& arguments);

// Where this machine's compilers are looked for, and gov keeps what it makes for them.
cross::CompilerPlaces compiler_places(const base::Environment& environment);

}  // namespace gov::commands
