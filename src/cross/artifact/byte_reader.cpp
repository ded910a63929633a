// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/byte_reader.hpp"

#include "base/format.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

constexpr const char* damaged_hint = "the file is cut short or damaged; build or fetch it again";

}  // namespace

base::Error damaged_at(std::uint64_t offset, std::string_view problem) {
    return base::Error{base::format("at offset {:#x}: {}", offset, problem), damaged_hint};
}

ByteReader ByteReader::part(std::uint64_t offset, std::uint64_t size, const char* what) const {
    if (offset > data_.size() || size > data_.size() - offset)
        throw damaged_at(origin_ + offset,
                         base::format("{} of {} bytes reaches past the end of {} at {:#x}", what,
                                      size, what_, origin_ + data_.size()));
    ByteReader result{data_.subspan(offset, size), order_, what};
    result.origin_ = origin_ + offset;
    return result;
}

ByteReader ByteReader::from(std::uint64_t offset, const char* what) const {
    return part(offset, std::max<std::uint64_t>(data_.size(), offset) - offset, what);
}

ByteReader ByteReader::in_order(std::endian order) const noexcept {
    ByteReader result = *this;
    result.order_ = order;
    return result;
}

Bytes ByteReader::bytes(std::uint64_t size) {
    if (size > remaining())
        throw damaged_at(offset(),
                         base::format("{} ends {} bytes early", what_, size - remaining()));
    const Bytes result = data_.subspan(position_, size);
    position_ += size;
    return result;
}

std::string_view ByteReader::padded_text(std::uint64_t size) {
    const Bytes field = bytes(size);
    const auto end = std::find(field.begin(), field.end(), std::uint8_t{0});
    return {reinterpret_cast<const char*>(field.data()),
            static_cast<std::size_t>(end - field.begin())};
}

std::string_view ByteReader::text(std::uint64_t limit) {
    const Bytes rest = data_.subspan(position_, std::min(limit, remaining()));
    const auto end = std::find(rest.begin(), rest.end(), std::uint8_t{0});
    if (end == rest.end())
        throw damaged_at(
            offset(), base::format("text in {} does not end within {} bytes", what_, rest.size()));
    const auto length = static_cast<std::size_t>(end - rest.begin());
    position_ += length + 1;
    return {reinterpret_cast<const char*>(rest.data()), length};
}

std::uint64_t ByteReader::number(unsigned size) {
    const Bytes field = bytes(size);
    std::uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i)
        value = value << 8U | field[order_ == std::endian::big ? i : size - 1 - i];
    return value;
}

}  // namespace gov::cross
