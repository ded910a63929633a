// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_macho(): the artifact that a Mach-O file is.

#include "cross/artifact/artifact.hpp"

namespace gov::cross {

// `bytes` start with the magic of a little-endian Mach-O file, or of a universal (fat) one, whose
// slices are read one by one. Throws Error as read_artifact does.
Artifact read_macho(Bytes bytes);

// Whether `bytes` start with one of these magics.
bool is_macho(Bytes bytes) noexcept;

}  // namespace gov::cross
