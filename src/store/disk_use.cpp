// SPDX-License-Identifier: Apache-2.0
#include "store/disk_use.hpp"

#include <sys/stat.h>

namespace gov::store {

namespace fs = std::filesystem;

TreeSize DiskUse::add(const fs::path& tree) {
    constexpr std::uint64_t block = 512;  // of st_blocks, whatever the file system's is (POSIX)
    TreeSize size;
    const auto count = [&](const fs::path& path) {
        struct stat status;
        if (::lstat(path.c_str(), &status) != 0) return;
        const std::uint64_t bytes = static_cast<std::uint64_t>(status.st_blocks) * block;
        if (!S_ISDIR(status.st_mode)) size.apparent += static_cast<std::uint64_t>(status.st_size);
        if (S_ISDIR(status.st_mode) || status.st_nlink == 1) {
            size.allocated += bytes;
            unshared_ += bytes;
            return;
        }
        Inode& inode = inodes_[{status.st_dev, status.st_ino}];
        if (inode.seen++ != 0) return;
        inode.bytes = bytes;
        inode.names = status.st_nlink;
        size.allocated += bytes;
    };
    count(tree);
    std::error_code gone;
    fs::recursive_directory_iterator entry{tree, gone};
    for (; !gone && entry != fs::recursive_directory_iterator{}; entry.increment(gone))
        count(entry->path());
    return size;
}

std::uint64_t DiskUse::freed_by_removal() const {
    std::uint64_t bytes = unshared_;
    for (const auto& [number, inode] : inodes_)
        if (inode.seen >= inode.names) bytes += inode.bytes;
    return bytes;
}

}  // namespace gov::store
