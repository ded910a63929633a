// SPDX-License-Identifier: Apache-2.0
#pragma once
// The reading half of unpacking, which runs in a process of its own that has the archive and
// nothing else: whoever takes that process over by a crafted archive has gained nothing.

#include <string_view>

namespace gov::download {

// full_tarball: with what the module does not have.
enum class ArchiveKind { tarball, full_tarball, module_zip };

// The first of the descriptors that members are sent to; the others follow it.
inline constexpr int first_member_pipe = 3;

// Reads the archive on standard input and sends its members to that many `pipes`, which are waiting
// from first_member_pipe on. `prefix` is the module's in a zip. Throws Error.
void read_archive(ArchiveKind kind, std::string_view prefix, int pipes);

}  // namespace gov::download
