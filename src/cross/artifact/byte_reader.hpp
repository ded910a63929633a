// SPDX-License-Identifier: Apache-2.0
#pragma once
// ByteReader: numbers and ranges of a file in memory, in its byte order and within its bounds.

#include "base/crypto.hpp"
#include "base/error.hpp"

#include <bit>
#include <cstdint>
#include <string_view>

namespace gov::cross {

using base::Bytes;

// What a reader throws for content that cannot be: names the file offset where it stands.
base::Error damaged_at(std::uint64_t offset, std::string_view problem);

class ByteReader {
public:
    // Reads `data` from its start. `what` (kept, so a literal) names it in errors.
    ByteReader(Bytes data, std::endian order, const char* what) noexcept
        : data_{data}, order_{order}, what_{what} {}

    // A reader of [offset, offset + size) of the same data, named `what`. Throws Error where that
    // reaches past the end.
    ByteReader part(std::uint64_t offset, std::uint64_t size, const char* what) const;
    // A reader of everything from `offset`.
    ByteReader from(std::uint64_t offset, const char* what) const;

    // A reader of the next `size` bytes; the position stays.
    ByteReader from_here(std::uint64_t size, const char* what) const {
        return part(position_, size, what);
    }
    // The same reader for numbers in `order`.
    ByteReader in_order(std::endian order) const noexcept;

    // Each reads at the position and moves it on. Throws Error at the end of the data.
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    // An address or offset of a file for machines of `bits` bits (32 or 64).
    std::uint64_t word(int bits) { return number(bits == 64 ? 8 : 4); }
    Bytes bytes(std::uint64_t size);
    void skip(std::uint64_t size) { bytes(size); }

    // Text of `size` bytes, without the NULs that fill it up.
    std::string_view padded_text(std::uint64_t size);
    // Text up to the next NUL. Throws Error where there is none within `limit` bytes.
    std::string_view text(std::uint64_t limit);

    // The position in the file that the first of these readers was made from.
    std::uint64_t offset() const noexcept { return origin_ + position_; }
    std::uint64_t remaining() const noexcept { return data_.size() - position_; }

private:
    std::uint64_t number(unsigned size);

    Bytes data_;
    std::uint64_t origin_ = 0;  // where data_ starts in the file
    std::uint64_t position_ = 0;
    std::endian order_;
    const char* what_;
};

}  // namespace gov::cross
