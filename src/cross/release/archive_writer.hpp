// SPDX-License-Identifier: Apache-2.0
#pragma once
// write_archive(): an archive that is the same whoever writes it, and when.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

enum class ArchiveKind { tar_gz, zip };

struct ArchiveMember {
    std::string name;  // in the archive
    std::filesystem::path file;
    bool is_program = false;  // mode 0755, else 0644
};

// Writes the archive `path` of `members`, by name, all of user and group 0 and of the time
// `seconds` since 1970 (a zip knows none before 1980). Throws Error; ExitCode::missing_dependency
// where libarchive is missing. Must be called while gov has one thread: libarchive takes the time
// of a zip's members from the process's time zone, which becomes UTC here.
void write_archive(const std::filesystem::path& path, ArchiveKind kind,
                   std::vector<ArchiveMember> members, std::int64_t seconds);

}  // namespace gov::cross
