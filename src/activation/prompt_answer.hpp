// SPDX-License-Identifier: Apache-2.0
#pragma once
// The answer to a hook that asks at each prompt: the changes, and what is to be said for once.

#include "activation/shell.hpp"
#include "base/environment.hpp"
#include "store/places.hpp"

#include <string>
#include <string_view>

namespace gov::activation {

struct PromptAnswer {
    std::string note;        // to be said now; empty: nothing, or it was said before
    std::string statements;  // for the shell to evaluate
};

// What the hook of `shell` gets in `directory`. GOV_SAID in the shell's environment tells what was
// said last, so that a note is said once for as long as it stays the same. Never throws for what is
// wrong in the directory or the environment: that becomes the note.
PromptAnswer prompt_answer(const Shell& shell, std::string_view directory,
                           const base::Environment& environment);

}  // namespace gov::activation
