// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/pe_stamps.hpp"

#include "cross/artifact/byte_reader.hpp"

#include <algorithm>
#include <optional>

namespace gov::cross {

namespace {

// Layout of Microsoft's "PE Format".
constexpr std::uint64_t debug_directory = 6;
constexpr std::uint64_t debug_entry_size = 28;
constexpr std::uint32_t codeview = 2;
constexpr std::uint32_t rsds = 0x53445352;

struct Layout {
    std::uint64_t stamp_at = 0;
    std::uint64_t check_sum_at = 0;
    std::uint64_t sections_at = 0;
    std::uint16_t sections = 0;
    std::uint32_t debug_address = 0;
    std::uint32_t debug_size = 0;
};

Layout read_layout(const ByteReader& file) {
    Layout layout;
    const std::uint64_t start = file.from(0x3c, "the DOS header").u32();
    layout.stamp_at = start + 8;
    ByteReader header = file.from(start + 6, "the PE header");
    layout.sections = header.u16();
    header.skip(12);
    const std::uint16_t optional_size = header.u16();
    const std::uint64_t optional = start + 24;
    layout.check_sum_at = optional + 64;
    layout.sections_at = optional + optional_size;
    const bool wide = file.from(optional, "the PE optional header").u16() == 0x20b;
    const std::uint64_t count_at = optional + (wide ? 108 : 92);
    if (file.from(count_at, "the PE optional header").u32() > debug_directory) {
        ByteReader directory =
            file.from(count_at + 4 + debug_directory * 8, "the PE optional header");
        layout.debug_address = directory.u32();
        layout.debug_size = directory.u32();
    }
    return layout;
}

// Where the `size` bytes at `address` stand in the file; nullopt where they do not.
std::optional<std::uint64_t> offset_of(const ByteReader& file, const Layout& layout,
                                       std::uint32_t address, std::uint32_t size) {
    ByteReader table =
        file.part(layout.sections_at, std::uint64_t{layout.sections} * 40, "the table of sections");
    for (std::uint16_t i = 0; i < layout.sections; ++i) {
        table.skip(12);
        const std::uint32_t start = table.u32();
        const std::uint32_t file_size = table.u32();
        const std::uint32_t offset = table.u32();
        table.skip(16);
        if (address >= start && address - start <= file_size &&
            size <= file_size - (address - start))
            return std::uint64_t{offset} + (address - start);
    }
    return std::nullopt;
}

void clear(std::span<std::uint8_t> program, std::uint64_t at, std::uint64_t size) {
    if (at > program.size() || size > program.size() - at) return;
    std::fill_n(program.begin() + static_cast<std::ptrdiff_t>(at), size, std::uint8_t{0});
}

}  // namespace

bool clear_time_stamps(std::span<std::uint8_t> program) {
    const ByteReader file{program, std::endian::little, "the file"};
    const Layout layout = read_layout(file);
    if (file.from(layout.stamp_at, "the PE header").u32() == 0) return false;
    const auto entries = offset_of(file, layout, layout.debug_address, layout.debug_size);
    for (std::uint64_t i = 0; entries && i + debug_entry_size <= layout.debug_size;
         i += debug_entry_size) {
        const std::uint64_t at = *entries + i;
        ByteReader entry = file.part(at, debug_entry_size, "a debug entry");
        entry.skip(12);
        const std::uint32_t kind = entry.u32();
        entry.skip(8);
        const std::uint64_t content = entry.u32();
        clear(program, at + 4, 4);
        if (kind == codeview && content + 20 <= program.size() &&
            file.from(content, "a debug entry").u32() == rsds)
            clear(program, content + 4, 16);
    }
    clear(program, layout.check_sum_at, 4);
    clear(program, layout.stamp_at, 4);
    return true;
}

}  // namespace gov::cross
