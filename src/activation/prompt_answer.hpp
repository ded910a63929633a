// SPDX-License-Identifier: Apache-2.0
#pragma once
// The answer to a hook that asks at each prompt: the changes, and what is to be said for once.

#include "activation/shell.hpp"
#include "base/environment.hpp"
#include "store/places.hpp"

#include <filesystem>
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

// Where answers stand that a shell has to source. Any of them may be removed at any time: the next
// prompt makes it again.
std::filesystem::path answer_directory(const store::Places& places);

}  // namespace gov::activation
