// SPDX-License-Identifier: Apache-2.0
#pragma once
// What to install where a C compiler is missing.

#include "cross/cgo/c_compiler.hpp"

#include <string>

namespace gov::cross {

// On the machine `host`, for programs of `need.target`, whichever compiler.
std::string hint_for_target(const CompilerNeed& need, const toolchain::Platform& host);

// For the compiler of this kind, which was asked for by its name.
std::string hint_for_kind(CompilerKind kind, const CompilerNeed& need,
                          const toolchain::Platform& host);

}  // namespace gov::cross
