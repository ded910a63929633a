// SPDX-License-Identifier: Apache-2.0
#include "download/archive_file.hpp"

#include "download/little_endian.hpp"

#include <algorithm>
#include <array>

namespace gov::download {

std::size_t ArchiveFile::read(std::span<std::uint8_t> buffer) {
    while (arrivals_ >= 0 && read_ == there_) {
        // Of several counts that have come meanwhile, the last one holds.
        std::array<std::uint64_t, 64> counts;
        const std::size_t got =
            read_some(arrivals_, {reinterpret_cast<std::uint8_t*>(counts.data()), sizeof counts},
                      "how much of the archive is there");
        if (got < sizeof there_)
            arrivals_ = -1;
        else
            there_ = counts[got / sizeof there_ - 1];
    }
    const std::uint64_t wanted =
        arrivals_ < 0 ? buffer.size() : std::min<std::uint64_t>(buffer.size(), there_ - read_);
    const std::size_t got = read_some(file_, buffer.first(wanted), "the archive");
    read_ += got;
    return got;
}

}  // namespace gov::download
