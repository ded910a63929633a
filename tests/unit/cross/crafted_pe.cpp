// SPDX-License-Identifier: Apache-2.0
#include "crafted.hpp"

namespace gov::cross::crafted {

namespace {

constexpr std::uint64_t image_base = 0x400000;
constexpr std::size_t data_at = 1024;  // in the file; in memory 0x1000 further
constexpr std::size_t imports_at = 2048;
constexpr std::size_t section_size = 1024;
constexpr std::size_t end = imports_at + section_size;
constexpr std::uint32_t shift = 0x1000;

void optional_header(Writer& out, const Pe& wanted) {
    const bool wide = wanted.bits == 64;
    const std::size_t start = out.file.size();
    out.u16(wide ? 0x20b : 0x10b);
    out.pad_to(start + (wide ? 24 : 28));
    out.word(wanted.bits, image_base);
    out.pad_to(start + 48);
    out.u16(6);
    out.u16(1);
    out.pad_to(start + 68);
    out.u16(wanted.subsystem);
    out.u16(0x8140);
    out.pad_to(start + (wide ? 108 : 92));
    out.u32(16);
    out.u64(0);  // exports
    out.u32(imports_at + shift);
    out.u32(40);
    out.pad_to(start + (wide ? 240 : 224));
}

void section(Writer& out, std::string_view name, std::size_t at, std::uint32_t characteristics) {
    out.text(name, 8);
    for (const std::uint64_t value : {std::uint64_t{section_size}, std::uint64_t{at + shift},
                                      std::uint64_t{section_size}, std::uint64_t{at}})
        out.u32(value);
    out.text("", 12);
    out.u32(characteristics);
}

}  // namespace

File pe(const Pe& wanted) {
    Writer out{std::endian::little};
    out.text("MZ", 0x3c);
    out.u32(0x80);
    out.pad_to(0x80);
    out.text("PE", 4);
    out.u16(wanted.machine);
    out.u16(3);
    out.u32(wanted.time_stamp);
    out.u32(end);  // one symbol, then the strings
    out.u32(1);
    out.u16(wanted.bits == 64 ? 240 : 224);
    out.u16(0x0102);
    optional_header(out, wanted);
    section(out, ".data", data_at, 0xC0000040);
    section(out, ".idata", imports_at, 0xC0000040);
    section(out, "/4", imports_at, 0x42000040);
    out.pad_to(data_at);
    out.bytes(build_info_blob(wanted.build));
    out.pad_to(imports_at);
    out.text("", 12);
    out.u32(imports_at + shift + 64);
    out.u32(0);
    out.pad_to(imports_at + 64);
    out.text("kernel32.dll", 13);
    out.pad_to(end + 18);
    out.u32(16);
    out.text(".debug_info", 12);
    return out.file;
}

}  // namespace gov::cross::crafted
