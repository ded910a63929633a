// SPDX-License-Identifier: Apache-2.0
#include "download/archive_file.hpp"

#include "download/little_endian.hpp"

#include <algorithm>
#include <array>

namespace gov::download {

// Waits for news of the file. Of several that have come meanwhile the last one holds.
void ArchiveFile::hear() {
    std::array<Arrived, 64> news;
    const std::size_t got =
        read_some(arrivals_, {reinterpret_cast<std::uint8_t*>(news.data()), sizeof news},
                  "how much of the archive is there");
    if (got < sizeof(Arrived))
        arrivals_ = -1;
    else
        arrived_ = news[got / sizeof(Arrived) - 1];
}

std::size_t ArchiveFile::read(std::span<std::uint8_t> buffer) {
    std::uint64_t most = buffer.size();
    {
        const std::lock_guard lock{guard_};
        while (arrivals_ >= 0 && arrived_.beginning == position_) hear();
        if (arrivals_ >= 0) most = std::min(most, arrived_.beginning - position_);
    }
    const std::size_t got = read_some(file_, buffer.first(most), "the archive");
    position_ += got;
    return got;
}

std::string ArchiveFile::read_exactly(std::uint64_t offset, std::uint64_t size) {
    {
        const std::lock_guard lock{guard_};
        while (arrivals_ >= 0 && offset + size > arrived_.beginning && offset < arrived_.ending)
            hear();
    }
    return download::read_exactly(file_, offset, size);
}

std::uint64_t ArchiveFile::size() {
    const std::lock_guard lock{guard_};
    while (arrivals_ >= 0 && arrived_.ending == Arrived{}.ending) hear();
    return size_of(file_);
}

}  // namespace gov::download
