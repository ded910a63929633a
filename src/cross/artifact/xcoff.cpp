// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/xcoff.hpp"

#include "base/format.hpp"

namespace gov::cross {

namespace {

// Layout and names of IBM's "XCOFF Object File Format", as in Go's src/internal/xcoff.
constexpr std::uint16_t magic_64 = 0x01F7;
constexpr std::uint64_t header_size = 24;
constexpr std::uint64_t section_header_size = 72;
constexpr std::uint16_t flag_executable = 0x0002;
constexpr std::uint16_t flag_shared = 0x2000;
constexpr std::uint32_t section_text = 0x20;
constexpr std::uint32_t section_data = 0x40;
constexpr std::uint32_t section_debug = 0x2000;
constexpr std::uint32_t section_dwarf = 0x10;

struct Section {
    std::string_view name;
    std::uint64_t address = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
    std::uint32_t kind = 0;
};

Section read_section(ByteReader& table) {
    Section section;
    section.name = table.padded_text(8);
    table.skip(8);  // physical address
    section.address = table.u64();
    section.size = table.u64();
    section.offset = table.u64();
    table.skip(24);  // relocations and line numbers
    section.kind = table.u32() & 0xFFFFU;
    table.skip(4);
    return section;
}

Kind kind_of(std::uint16_t flags) {
    if ((flags & flag_shared) != 0) return Kind::shared_library;
    return (flags & flag_executable) != 0 ? Kind::executable : Kind::object;
}

}  // namespace

bool is_xcoff(Bytes bytes) noexcept {
    return bytes.size() >= 2 && bytes[0] == magic_64 >> 8U && bytes[1] == (magic_64 & 0xFFU);
}

Artifact read_xcoff(Bytes bytes) {
    const ByteReader file{bytes, std::endian::big, "the file"};
    ByteReader header = file.from(2, "the XCOFF header");
    const std::uint16_t count = header.u16();
    header.skip(4);  // time stamp
    const std::uint64_t symbols_at = header.u64();
    const std::uint16_t optional_size = header.u16();
    const std::uint16_t flags = header.u16();
    const std::uint32_t symbols = header.u32();

    Artifact artifact;
    artifact.format = Format::xcoff;
    artifact.os = "aix";
    artifact.arch = "ppc64";
    artifact.machine = magic_64;
    artifact.bits = 64;
    artifact.byte_order = std::endian::big;
    artifact.kind = kind_of(flags);
    artifact.has_symbols = symbols != 0;
    if (symbols_at > bytes.size())
        throw damaged_at(8, base::format("symbols at {:#x}, past the end", symbols_at));
    AddressSpace program{file};
    Section data;
    ByteReader table = file.part(header_size + optional_size, count * section_header_size,
                                 "the table of sections");
    for (std::uint16_t i = 0; i < count; ++i) {
        const Section section = read_section(table);
        if (section.kind == section_debug || section.kind == section_dwarf)
            artifact.has_debug_info = true;
        if (section.offset == 0 || section.size == 0) continue;
        file.part(section.offset, section.size, "a section");
        artifact.regions.push_back({std::string{section.name}, section.offset, section.size});
        if (section.kind == section_text || section.kind == section_data)
            program.map(section.address, section.offset, section.size);
        if (section.kind == section_data && data.size == 0) data = section;
    }
    if (data.size != 0) artifact.build_info = find_build_info(program, data.address, data.size);
    return artifact;
}

}  // namespace gov::cross
