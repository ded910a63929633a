// SPDX-License-Identifier: Apache-2.0
#include "cache/protobuf.hpp"

namespace gov::cache {

namespace {

// Wire types.
constexpr unsigned varint_type = 0;
constexpr unsigned eight_bytes = 1;
constexpr unsigned with_length = 2;
constexpr unsigned four_bytes = 5;

}  // namespace

void ProtobufWriter::varint(std::uint64_t value) {
    for (; value > 0x7fU; value >>= 7U) text_ += static_cast<char>((value & 0x7fU) | 0x80U);
    text_ += static_cast<char>(value);
}

void ProtobufWriter::number(unsigned field, std::uint64_t value) {
    if (value == 0) return;
    varint(field << 3U | varint_type);
    varint(value);
}

void ProtobufWriter::bytes(unsigned field, std::string_view value) {
    varint(field << 3U | with_length);
    varint(value.size());
    text_ += value;
}

bool ProtobufReader::take_varint(std::uint64_t& value) noexcept {
    value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if ((byte & 0x80U) == 0) return true;
    }
    return false;
}

bool ProtobufReader::take_bytes(std::uint64_t length, std::string_view& bytes) noexcept {
    if (length > rest_.size()) return false;
    bytes = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return true;
}

bool ProtobufReader::next() noexcept {
    number_ = 0;
    bytes_ = {};
    if (rest_.empty() || is_broken_) return false;
    std::uint64_t tag = 0;
    std::uint64_t length = 0;
    std::string_view fixed;
    bool is_field = take_varint(tag) && tag >> 3U != 0 && tag >> 32U == 0;
    field_ = static_cast<unsigned>(tag >> 3U);
    switch (is_field ? tag & 7U : ~0U) {
        case varint_type:
            is_field = take_varint(number_);
            break;
        case with_length:
            is_field = take_varint(length) && take_bytes(length, bytes_);
            break;
        case eight_bytes:
            is_field = take_bytes(8, fixed);
            break;
        case four_bytes:
            is_field = take_bytes(4, fixed);
            break;
        default:
            is_field = false;
    }
    is_broken_ = !is_field;
    return is_field;
}

}  // namespace gov::cache
