// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_elf(): the artifact that an ELF file is.

#include "cross/artifact/artifact.hpp"

namespace gov::cross {

// `bytes` start with ELF's magic. Throws Error as read_artifact does.
Artifact read_elf(Bytes bytes);

}  // namespace gov::cross
