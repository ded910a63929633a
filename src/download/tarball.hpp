// SPDX-License-Identifier: Apache-2.0
#pragma once
// The tar.gz of a Go release, of which only what the toolchain module has is unpacked.

#include "download/unpacked.hpp"

namespace gov::download {

// Unpacks the release archive in `file` (a descriptor) to `destination`: what is below
// go/, without go/api, go/doc, go/misc and go/test, which the module does not have either
// (cmd/distpack). Only regular files and directories may stand in the archive, and nothing but
// zeros after its end. Throws Error (ExitCode::verification for what no Go release contains).
Unpacked unpack_tarball(int file, const Destination& destination, const UnpackProgress& progress);

}  // namespace gov::download
