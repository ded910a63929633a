// SPDX-License-Identifier: Apache-2.0
#pragma once
// What Go's own packages need of Apple's SDK, made from the toolchain's source: no SDK needed.

#include "cross/cgo/made_folder.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace gov::cross {

// Symbols by the library that has them: "/usr/lib/libresolv.9.dylib".
using MacosImports = std::map<std::string, std::set<std::string>, std::less<>>;

// Adds what the Go source `text` imports of macOS by "//go:cgo_import_dynamic NAME SYMBOL
// "LIBRARY"" (cmd/cgo's documentation), beside libSystem, which compilers bring themselves.
void add_macos_imports(std::string_view text, MacosImports& imports);

// The imports of the packages of the standard library that use cgo on macOS. Throws Error.
MacosImports find_macos_imports(const std::filesystem::path& goroot);

// The files for a linker to find the libraries of `imports` by: "lib/libresolv.tbd",
// "Frameworks/Security.framework/Security.tbd", and "include/resolv.h", which package net includes.
std::map<std::string, SmallFile> macos_stubs(const MacosImports& imports);

}  // namespace gov::cross
