// SPDX-License-Identifier: Apache-2.0
#pragma once
// The tar.gz of a Go release, of which only what the toolchain module has is taken, or all.

#include "download/archive_file.hpp"
#include "download/member_sink.hpp"

namespace gov::download {

// Reads the release archive in `file` and brings `sink` what is below go/, unless `takes_all`
// without go/api, go/doc, go/misc and go/test, which the module does not have (cmd/distpack). Only
// regular files and directories may stand in the archive, and nothing but zeros after its end.
// Throws Error (ExitCode::verification for what no Go release contains), and what `sink` throws.
void read_tarball(ArchiveFile& file, MemberSink& sink, bool takes_all = false);

}  // namespace gov::download
