// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reading files and pipes: what comes, exact pieces, and little-endian numbers in them.

#include "base/crypto.hpp"

#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gov::download {

// Numbers in bytes whose size the caller has checked.
class LittleEndian {
public:
    explicit LittleEndian(base::Bytes bytes) noexcept : bytes_{bytes} {}

    std::uint16_t u16(std::size_t offset) const {
        assert(offset + 2 <= bytes_.size());
        return static_cast<std::uint16_t>(bytes_[offset] | bytes_[offset + 1] << 8U);
    }
    std::uint32_t u32(std::size_t offset) const {
        return u16(offset) | static_cast<std::uint32_t>(u16(offset + 2)) << 16U;
    }

private:
    base::Bytes bytes_;
};

// The size of the file behind the descriptor. Throws Error.
std::uint64_t size_of(int file);

// Reads at the descriptor's position, up to buffer.size() bytes; returns how many, 0 at the end.
// Throws Error naming `what`, and where a signal asks this process to end meanwhile.
std::size_t read_some(int file, std::span<std::uint8_t> buffer, std::string_view what);

// `size` bytes of the file from `offset`. Throws Error (ExitCode::verification) where it ends
// before.
std::string read_exactly(int file, std::uint64_t offset, std::uint64_t size);

}  // namespace gov::download
