// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_xcoff(): the artifact that an XCOFF file of 64 bits, a program for AIX, is.

#include "cross/artifact/artifact.hpp"

namespace gov::cross {

// `bytes` start with the magic of XCOFF64. Throws Error as read_artifact does.
Artifact read_xcoff(Bytes bytes);

// Whether `bytes` start with that magic.
bool is_xcoff(Bytes bytes) noexcept;

}  // namespace gov::cross
