// SPDX-License-Identifier: Apache-2.0
#pragma once
// What gov cross doctor looks at: what this machine has for cross builds, and what gets in their
// way.

#include "base/environment.hpp"
#include "cross/cgo/compiler_canary.hpp"
#include "cross/running/ready_runner.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace gov::cross {

enum class Health { ok, note, problem };

struct Condition {
    std::string check;  // "linux/arm64 runner", "git"
    Health health = Health::ok;
    std::string message;
    std::string hint = {};  // the one command that helps; empty: nothing to do
};

using Conditions = std::vector<Condition>;

std::string_view name_of(Health health) noexcept;

// Runs the target's canary: which runner came out well, how long it took, or why none did. That
// nothing here could run its programs is a note, that something cannot is a problem.
void examine_runner(const RunContext& context, Conditions& conditions);

// Compiles a canary of C for the target and reads it back. A compiler that is missing is a note,
// since programs without C code do without. May take minutes where zig builds a C library first.
// `tell` is told so before.
void examine_compiler(const CompilerNeed& need, const CompilerPlaces& places,
                      const std::function<void(std::string)>& tell, Conditions& conditions);

// What signs checksums, and git for the project in `directory`.
void examine_tools(const base::Environment& user, const std::filesystem::path& directory,
                   Conditions& conditions);

// Memory for builds at once, and space where `places` (each with what it is for) are.
void examine_resources(const std::vector<std::pair<std::string, std::filesystem::path>>& places,
                       Conditions& conditions);

// What the user has set for go and what becomes of it: `dropped` as BuildEnvironment has it, and
// what of it stands in Go's env file.
void examine_settings(const base::Environment& user, const std::vector<std::string>& dropped,
                      Conditions& conditions);

// Where targets for Windows meet Microsoft's compiler: cl.exe as CC, and its objects in
// `directory`.
void examine_msvc(const base::Environment& user, const std::filesystem::path& directory,
                  Conditions& conditions);

}  // namespace gov::cross
