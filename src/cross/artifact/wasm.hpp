// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_wasm(): the artifact that a WebAssembly module is.

#include "cross/artifact/artifact.hpp"

namespace gov::cross {

// `bytes` start with the magic and version 1 of the binary format. Throws Error as read_artifact
// does.
Artifact read_wasm(Bytes bytes);

// Whether `bytes` start with these.
bool is_wasm(Bytes bytes) noexcept;

}  // namespace gov::cross
