// SPDX-License-Identifier: Apache-2.0
#pragma once
// ArchiveFile: an archive in a file that may be growing while it is read.

#include <cstddef>
#include <cstdint>
#include <span>

namespace gov::download {

class ArchiveFile {
public:
    // The archive is in the descriptor `file`, from its position on. Where it is not whole yet,
    // `arrivals` is a pipe that brings 8 bytes, in this machine's order, whenever more of the file
    // is there: how much that is in all; its end says that the file is whole.
    explicit ArchiveFile(int file, int arrivals = -1) : file_{file}, arrivals_{arrivals} {}

    // Reads what comes next into `buffer`, and waits for it. Returns how many bytes that are; 0 at
    // the end. Throws Error.
    std::size_t read(std::span<std::uint8_t> buffer);

private:
    int file_;
    int arrivals_;  // -1 once the file is whole
    std::uint64_t read_ = 0;
    std::uint64_t there_ = 0;
};

}  // namespace gov::download
