// SPDX-License-Identifier: Apache-2.0
#pragma once
// try_compiler(): whether C code can be compiled for a target here, found out by doing it.

#include "cross/artifact/artifact.hpp"
#include "cross/cgo/c_compiler.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace gov::cross {

struct CompilerCanary {
    std::optional<CCompiler> compiler;  // nullopt: there is none
    std::optional<Artifact> artifact;   // of the program that it made; nullopt: it made none
    std::string problem;                // what is wrong; empty: it compiles for the target
    std::string hint;                   // what to do about it, or empty
    bool was_cold = false;              // zig had not built its C library, which takes minutes
};

// Compiles and links a small program of C as a build for `need.target` would, and reads it back.
// Throws Error only where gov was interrupted. `limit`: how long it may take; zig's first time goes
// beyond that of other compilers, which `tell` is told before.
CompilerCanary try_compiler(const CompilerNeed& need, const CompilerPlaces& places,
                            std::chrono::seconds limit,
                            const std::function<void(std::string)>& tell);

}  // namespace gov::cross
