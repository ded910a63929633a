// SPDX-License-Identifier: Apache-2.0
#pragma once
// CToolchain: a C compiler made ready for go: commands of one word, and what go build needs beside.

#include "cross/artifact/policy_rules.hpp"
#include "cross/cgo/c_compiler.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gov::cross {

struct CToolchain {
    CCompiler compiler;
    // Of the commands; to stand first in PATH, so that the words do not hold it: go's cache goes by
    // them, and other machines shall find the same.
    std::filesystem::path folder;
    // CC, CXX, AR (one word each: go tells compilers apart by what the first word says of itself),
    // PKG_CONFIG_LIBDIR.
    std::vector<std::pair<std::string, std::string>> variables;
    std::vector<std::string> linker_flags;    // of go's linker, beside the user's
    std::vector<std::string> external_flags;  // for its -extldflags
    std::vector<std::string> tags;            // of the build
};

// `settings` with what does not concern `need.target` left out, and the floors said that count
// where nobody asked for one: those of its Go release for macOS.
CSettings effective_settings(const CompilerNeed& need);

// The toolchain for `need`, whose commands are then below `places.cache`. Throws Error as
// require_c_compiler() does.
CToolchain make_c_toolchain(const CompilerNeed& need, const CompilerPlaces& places);

// `own` (nullopt: "-s -w") as the value of -ldflags' words, with what `toolchain` needs; the user's
// -extldflags stand behind its own. Throws Error (ExitCode::usage) where `own` asks for what the
// toolchain was not chosen for.
std::vector<std::string> linker_words(const std::optional<std::vector<std::string>>& own,
                                      const CToolchain& toolchain);

// Adds to `policy` what programs built with `settings` (effective_settings()) must be.
void demand(const CSettings& settings, const std::string& os, Policy& policy);

}  // namespace gov::cross
