// SPDX-License-Identifier: Apache-2.0
#pragma once
// The tar.gz of a Go release, of which only what the toolchain module has is taken, or all.

#include "download/member_sink.hpp"

namespace gov::download {

// Reads the release archive from the descriptor `file`, which may be a pipe, and brings `sink` what
// is below go/, unless `takes_all` without go/api, go/doc, go/misc and go/test, which the module
// does not have (cmd/distpack). Only regular files and directories may stand in the archive, and
// nothing but zeros after its end. Throws Error (ExitCode::verification for what no Go release
// contains), and what `sink` throws.
void read_tarball(int file, MemberSink& sink, bool takes_all = false);

}  // namespace gov::download
