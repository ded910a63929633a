// SPDX-License-Identifier: Apache-2.0
#pragma once
// is_refused(): what nearly every test of this layer asks of a step.

#include "support/failure.hpp"

namespace gov::proof::tests {

using gov::tests::Failure;
using gov::tests::failure_of;

// Whether `step` was refused for what it was given, and for nothing else.
template <class Step>
bool is_refused(Step&& step) {
    return failure_of(step).code == base::ExitCode::verification;
}

}  // namespace gov::proof::tests
