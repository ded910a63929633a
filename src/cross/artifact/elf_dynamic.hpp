// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an ELF program asks of the dynamic loader.

#include "cross/artifact/address_space.hpp"
#include "cross/artifact/elf_tables.hpp"

#include <string>
#include <vector>

namespace gov::cross {

struct ElfDynamic {
    std::vector<std::string> needed;  // DT_NEEDED, in the file's order
    std::string glibc_floor;          // the highest GLIBC_ version asked for: "2.34"; empty: none
    bool marked_pie = false;          // DF_1_PIE
};

// Reads the program's dynamic segment; everything empty if there is none. Throws Error where it is
// damaged. Format: the System V ABI, chapter 5, and the LSB's symbol versioning.
ElfDynamic read_elf_dynamic(const ElfTables& tables, const ByteReader& file,
                            const AddressSpace& program);

}  // namespace gov::cross
