// SPDX-License-Identifier: Apache-2.0
#pragma once
// require_continuation(): a log only ever grows.

#include "proof/memory.hpp"
#include "proof/tree.hpp"
#include "proof/tree_head.hpp"
#include "proof/verifier.hpp"

namespace gov::proof {

// Returns if `tree`, read under the head `newer`, starts with the tree of `older`, which is not
// larger. Where it does not, puts into `memory` what proves it to anyone: both notes, and the
// consistency path (RFC 6962, 2.1.2) of the tree that `newer` starts with; then throws Error
// (ExitCode::log_contradiction). Throws as Tree::root_of() where `tree` cannot be read.
void require_continuation(const Verifier& database, const SignedHead& older,
                          const SignedHead& newer, Tree& tree, Memory& memory);

}  // namespace gov::proof
