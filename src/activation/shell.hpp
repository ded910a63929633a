// SPDX-License-Identifier: Apache-2.0
#pragma once
// Shell: a shell that gov speaks to, and how: by answers that its hook keeps, or by plain changes.

#include "activation/plan.hpp"
#include "activation/shell_syntax.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gov::activation {

struct Shell {
    std::string_view name;
    std::array<std::string_view, 2> also;  // other names for it; may be empty
    std::string_view hook;  // the text in shell/, with @GOV@ for the quoted path of gov; or empty
    // One word that stands for exactly these bytes. No shell can hold a NUL.
    std::string (*quoted)(std::string_view text);
    // How the answers are spelled that the hook keeps; null where it asks at each prompt.
    const ShellSyntax* answers;
    // The statements that make these changes at once; null where the hook keeps answers.
    std::string (*statements)(const std::vector<Setting>& changes);

    // Whether the hook asks gov before each prompt.
    bool asks_at_prompts = false;
};

// The shells that gov knows.
std::span<const Shell> shells();

// The one of that name. Throws Error (ExitCode::usage) naming the nearest.
const Shell& require_shell(std::string_view name);

// The hook of `shell`, which starts gov as `program`. Throws Error (ExitCode::usage) where the
// shell has none.
std::string hook_text(const Shell& shell, std::string_view program);

}  // namespace gov::activation
