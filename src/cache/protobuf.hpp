// SPDX-License-Identifier: Apache-2.0
#pragma once
// As much of the protocol buffers' wire format as a cache's answers need: numbers and bytes.
// (protobuf.dev/programming-guides/encoding)

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gov::cache {

class ProtobufWriter {
public:
    // A field of a varint type; 0 is what a field that is left out has.
    void number(unsigned field, std::uint64_t value);
    // A string, bytes, or another message.
    void bytes(unsigned field, std::string_view value);

    const std::string& text() const noexcept { return text_; }

private:
    void varint(std::uint64_t value);

    std::string text_;
};

// Goes through the fields of one message, which may be anything.
class ProtobufReader {
public:
    explicit ProtobufReader(std::string_view message) noexcept : rest_{message} {}

    // Reads the next field; false at the end and at what is no field.
    bool next() noexcept;
    // Whether all of the message was fields. To be asked after next() was false.
    bool is_whole() const noexcept { return !is_broken_; }

    unsigned field() const noexcept { return field_; }
    std::uint64_t number() const noexcept { return number_; }   // 0 where it is of another type
    std::string_view bytes() const noexcept { return bytes_; }  // empty where it is

private:
    bool take_varint(std::uint64_t& value) noexcept;
    bool take_bytes(std::uint64_t length, std::string_view& bytes) noexcept;

    std::string_view rest_;
    unsigned field_ = 0;
    std::uint64_t number_ = 0;
    std::string_view bytes_;
    bool is_broken_ = false;
};

}  // namespace gov::cache
