// SPDX-License-Identifier: Apache-2.0
#pragma once
// The reading half of unpacking, which runs in a process of its own that has the archive and
// nothing else: whoever takes that process over by a crafted archive has gained nothing.

#include <string_view>

namespace gov::download {

// full_tarball: with what the module does not have.
enum class ArchiveKind { tarball, full_tarball, module_zip };

// The descriptors of the process that reads, beside the archive on standard input: the pipe that
// says how much of it is there (see ArchiveFile), and the memory of Slots. Then follow two for each
// stream of members: pipes to say which slots are full, and to be told which are free.
inline constexpr int arrivals_fd = 3;
inline constexpr int slots_fd = 4;
constexpr int full_fd(int stream) {
    return slots_fd + 1 + 2 * stream;
}
constexpr int freed_fd(int stream) {
    return full_fd(stream) + 1;
}

// Reads the archive on standard input and sends its members over so many `streams`. `prefix` is the
// module's in a zip. Throws Error.
void read_archive(ArchiveKind kind, std::string_view prefix, int streams);

}  // namespace gov::download
