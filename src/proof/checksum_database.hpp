// SPDX-License-Identifier: Apache-2.0
#pragma once
// prove(): asks a checksum database for a release's h1, and takes nobody's word for the answer.

#include "proof/answers.hpp"
#include "proof/memory.hpp"
#include "proof/proof.hpp"
#include "proof/verifier.hpp"

#include <string_view>

namespace gov::proof {

// The proof of what `database` has for `module` and `version` ("v0.0.1-go1.22.6.linux-amd64"),
// in a tree that continues every tree of it seen before; `memory` then has the largest.
// Throws Error:
//   ExitCode::usage              `module` or `version` cannot stand in a path
//   ExitCode::no_release         the database has no record of it
//   ExitCode::unreachable        the database, or a tile of it, cannot be had
//   ExitCode::verification       something that came, or was remembered, is not what it has to be
//   ExitCode::log_contradiction  the database signed trees that do not continue each other;
//                                the evidence is in `memory`
Proof prove(const Verifier& database, std::string_view module, std::string_view version,
            Answers& answers, Memory& memory);

}  // namespace gov::proof
