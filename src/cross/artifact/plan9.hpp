// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_plan9(): the artifact that a Plan 9 a.out file is.

#include "cross/artifact/artifact.hpp"

namespace gov::cross {

// `bytes` start with a magic of 386, amd64 or arm. Throws Error as read_artifact does.
Artifact read_plan9(Bytes bytes);

// Whether `bytes` start with one of these magics.
bool is_plan9(Bytes bytes) noexcept;

}  // namespace gov::cross
