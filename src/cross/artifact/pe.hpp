// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_pe(): the artifact that a PE file is.

#include "cross/artifact/artifact.hpp"

namespace gov::cross {

// `file` starts with "MZ". Throws Error as read_artifact does.
Artifact read_pe(Bytes file);

}  // namespace gov::cross
