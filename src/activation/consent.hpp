// SPDX-License-Identifier: Apache-2.0
#pragma once
// Consent: which toolchains the file of a project may select.

#include "activation/choice.hpp"
#include "store/installed.hpp"

namespace gov::activation {

// Whether it is the user who makes the choice, and not a file that may come from anywhere.
bool is_of_user(const Choice& choice);

// Throws Error (ExitCode::not_trusted) unless the file that made `choice` was allowed to have gov
// run `toolchain`, which nothing proved. Consent is to the file's own bytes: not to what a lock
// says
// (`is_locked`). What the answer depends on is added to `dependencies`.
void require_consent(const Choice& choice, const store::Toolchain& toolchain, bool is_locked,
                     Sight& sight, const store::Places& places, Dependencies& dependencies);

}  // namespace gov::activation
