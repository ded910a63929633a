// SPDX-License-Identifier: Apache-2.0
#pragma once
// direnv, the other program that may set a shell's environment at each prompt.

#include "base/environment.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gov::activation {

// The directory of the .envrc that direnv has loaded, if `directory` is in it; nullopt otherwise.
// direnv tells by DIRENV_DIR, the directory's path after a dash (direnv(1)).
std::optional<std::string> direnv_project(std::string_view directory,
                                          const base::Environment& environment);

}  // namespace gov::activation
