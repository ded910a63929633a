// SPDX-License-Identifier: Apache-2.0
#pragma once
// The zip of a Go toolchain module, read strictly: a file that means one thing only.

#include "download/archive_file.hpp"
#include "download/member_sink.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gov::download {

struct ZipEntry {
    std::string name;  // below the module's prefix
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::uint64_t compressed_size = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;  // of the local header
    std::uint64_t end = 0;     // where the next one starts
};

// The entries of the zip in `file`, in the order of their data, after checking that its central
// directory describes the whole file: every name is below `prefix`, entries neither overlap nor
// leave gaps, nothing stands before, between or after them. No zip64, no encryption, no comment,
// only stored or deflated files (APPNOTE.TXT; limits of golang.org/x/mod/zip). Of the file the end
// alone needs to be there. Throws Error (ExitCode::verification).
std::vector<ZipEntry> read_zip_directory(ArchiveFile& file, std::string_view prefix);

// Reads the zip in `file`, as it arrives once its directory is there, with one thread for each of
// `sinks`, to which the files go. The local headers must say what the central directory says. First
// tells `on_total` how many bytes all files have. Throws Error, and what a sink throws; then the
// files that were brought mean nothing.
void read_module_zip(ArchiveFile& file, std::string_view prefix, std::span<MemberSink* const> sinks,
                     const std::function<void(std::uint64_t)>& on_total);

}  // namespace gov::download
