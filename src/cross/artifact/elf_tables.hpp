// SPDX-License-Identifier: Apache-2.0
#pragma once
// The header of an ELF file and its tables of segments and sections.

#include "cross/artifact/byte_reader.hpp"

#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

namespace gov::cross {

struct ElfSegment {
    std::uint32_t type;
    std::uint32_t flags;
    std::uint64_t offset;
    std::uint64_t address;
    std::uint64_t file_size;
    std::uint64_t memory_size;
};

struct ElfSection {
    std::string_view name;
    std::uint32_t type;
    std::uint64_t address;
    std::uint64_t offset;
    std::uint64_t size;
};

struct ElfTables {
    int bits;
    std::endian order;
    std::uint8_t os_abi;
    std::uint16_t type;
    std::uint16_t machine;
    std::vector<ElfSegment> segments;
    std::vector<ElfSection> sections;  // empty where they were stripped

    // The first section named `name`; null if there is none.
    const ElfSection* section(std::string_view name) const;
};

// Reads `file`, whose names the result borrows. Throws Error: damaged, or a table, a segment or a
// section reaches past the end. Format: the System V ABI, chapter 4 (gabi).
ElfTables read_elf_tables(Bytes file);

}  // namespace gov::cross
