// SPDX-License-Identifier: Apache-2.0
#pragma once
// ArchiveFile: an archive in a file that may be growing while it is read.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>
#include <string>

namespace gov::download {

// What is there of a file that is coming: its first bytes, and perhaps its last ones.
struct Arrived {
    std::uint64_t beginning = 0;                                       // bytes up to here
    std::uint64_t ending = std::numeric_limits<std::uint64_t>::max();  // and from here on
};

// May be used by several threads, except read().
class ArchiveFile {
public:
    // The archive is in the descriptor `file`. Where it is not whole yet, `arrivals` is a pipe that
    // brings an Arrived whenever more of it is there; its end says that the file is whole.
    explicit ArchiveFile(int file, int arrivals = -1) : file_{file}, arrivals_{arrivals} {}

    // Reads what comes next into `buffer`, and waits for it. Returns how many bytes that are; 0 at
    // the end. Throws Error.
    std::size_t read(std::span<std::uint8_t> buffer);

    // `size` bytes from `offset` on, once they are there. Throws Error (ExitCode::verification)
    // where the file ends before.
    std::string read_exactly(std::uint64_t offset, std::uint64_t size);

    // The size of the whole file, once its end is there.
    std::uint64_t size();

private:
    void hear();

    int file_;
    int arrivals_;
    std::uint64_t position_ = 0;  // of read()
    std::mutex guard_;
    Arrived arrived_;
};

}  // namespace gov::download
