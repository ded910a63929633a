// SPDX-License-Identifier: Apache-2.0
#pragma once
// MappedFile: the bytes of a regular file, mapped for reading.

#include "base/crypto.hpp"

#include <cstddef>
#include <filesystem>

namespace gov::base {

// The file must not shrink while this exists.
class MappedFile {
public:
    // Never blocks on a FIFO. Throws Error, which does not name the file.
    explicit MappedFile(const std::filesystem::path& path);
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    Bytes bytes() const noexcept;

private:
    void* start_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace gov::base
