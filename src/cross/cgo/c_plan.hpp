// SPDX-License-Identifier: Apache-2.0
#pragma once
// CPlan: whether a program's C code is compiled, by what, and what go is told for it.

#include "base/environment.hpp"
#include "base/json.hpp"
#include "cross/cgo/c_toolchain.hpp"
#include "cross/cross_table.hpp"
#include "cross/preflight.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

struct CPlan {
    bool enabled = false;                 // cgo
    CSettings settings = {};              // effective_settings()
    bool has_cxx = false;                 // whether there is C++ to compile
    std::optional<CToolchain> toolchain;  // nullopt: cgo is off
};

// The plan for a program that is to be built in `directory` and needs `code`.
// Where nobody says, cgo is on for programs that have such packages and off for others, so that
// these need no C library. Throws Error where a compiler is needed and none is there.
CPlan plan_c(const CompilerNeed& need, const CCode& code, const std::filesystem::path& directory,
             const CompilerPlaces& places);

// Puts what go needs for `plan` into `environment`; files of settings.inputs are below `directory`.
void add_c_environment(const CPlan& plan, const std::filesystem::path& directory,
                       base::Environment& environment);

// Adds to `settings` what programs need that `toolchain` links.
void add_c_flags(const CToolchain& toolchain, BuildSettings& settings);

// Has zig build its C library, and that of C++ where there is any, before the first program that
// needs it. Throws as warm() does.
void prepare_c_toolchain(const CPlan& plan, const CompilerPlaces& places,
                         const std::function<void(std::string)>& tell);

// "cgo", and where it is on "cc", "cc_version", "cc_target", "cc_program" and "sdk".
base::Json to_json(const CPlan& plan);

// "zig 0.17.1 (x86_64-linux-gnu.2.17, /usr/bin/zig)", or "off".
std::string text_of(const CPlan& plan);

}  // namespace gov::cross
