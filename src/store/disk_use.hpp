// SPDX-License-Identifier: Apache-2.0
#pragma once
// DiskUse: how much of the disk directory trees take.

#include <cstdint>
#include <filesystem>
#include <map>
#include <utility>

namespace gov::store {

struct TreeSize {
    std::uint64_t apparent = 0;   // bytes in all files, each time a file is there
    std::uint64_t allocated = 0;  // bytes of disk, without what an earlier tree has counted
};

// Adds up trees that may share files by hard links. Reflinks cannot be told from copies.
class DiskUse {
public:
    // What `tree` takes beyond the trees added before. What cannot be read counts as nothing.
    TreeSize add(const std::filesystem::path& tree);

    // Bytes of disk that would be free if all trees added so far were removed.
    std::uint64_t freed_by_removal() const;

private:
    struct Inode {
        std::uint64_t bytes = 0;
        std::uint64_t names = 0;  // that it has anywhere
        std::uint64_t seen = 0;   // of them, in the trees added
    };

    std::map<std::pair<std::uint64_t, std::uint64_t>, Inode> inodes_;  // by device and number
    std::uint64_t unshared_ = 0;
};

}  // namespace gov::store
