// SPDX-License-Identifier: Apache-2.0
#pragma once
// AddressSpace: where a program's addresses stand in its file.

#include "cross/artifact/byte_reader.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace gov::cross {

class AddressSpace {
public:
    // `file` gives the bytes and names the offsets in errors.
    explicit AddressSpace(ByteReader file) : file_{file} {}

    // `size` bytes at `offset` of the file are loaded at `address`. Throws Error where the file
    // is shorter.
    void map(std::uint64_t address, std::uint64_t offset, std::uint64_t size);

    // What is loaded from `address` to the end of its mapping; nullopt where the file holds
    // nothing for it. `what` names it in errors.
    std::optional<ByteReader> at(std::uint64_t address, const char* what) const;

private:
    struct Mapping {
        std::uint64_t address;
        std::uint64_t offset;
        std::uint64_t size;
    };

    ByteReader file_;
    std::vector<Mapping> mappings_;
};

}  // namespace gov::cross
