// SPDX-License-Identifier: Apache-2.0
#pragma once
// Shims: gov called by the name of a tool runs that tool of the toolchain in effect.

#include "base/environment.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

namespace gov::commands {

// Whether gov, called as `name`, is to stand for a tool.
bool is_shim(std::string_view name);

// Replaces this process by the tool `name` of the toolchain in effect in what `directory` returns,
// given `words`; a first word "+VERSION" chooses another one. Where nothing chooses a version it is
// the next `name` on PATH. Throws Error (ExitCode::exec_failed, not_executable or not_found), its
// whole text in one line, where that cannot be.
[[noreturn]] void run_shim(std::string_view name, std::span<const std::string_view> words,
                           const base::Environment& environment,
                           const std::function<std::filesystem::path()>& directory);

}  // namespace gov::commands
