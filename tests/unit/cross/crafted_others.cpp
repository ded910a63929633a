// SPDX-License-Identifier: Apache-2.0
#include "crafted.hpp"

namespace gov::cross::crafted {

File plan9(const Plan9& wanted) {
    const File information = build_info_blob(wanted.build);
    constexpr std::size_t text_size = 100;  // so that the data starts at no round offset
    Writer out{std::endian::big};
    out.u32(wanted.magic);
    out.u32(text_size);
    out.u32(information.size());
    out.u32(0);
    out.u32(wanted.symbols);
    out.u32(0x200028);
    out.u32(0);
    out.u32(0);
    if (wanted.magic == 0x8A97) out.u64(0x200028);
    out.pad_to(out.file.size() + text_size);
    out.bytes(information);
    out.pad_to(out.file.size() + wanted.symbols);
    return out.file;
}

File xcoff() {
    const File information = build_info_blob({.os = "aix", .arch = "ppc64"});
    constexpr std::uint64_t data_at = 24 + 72;
    Writer out{std::endian::big};
    out.u16(0x01F7);
    out.u16(1);
    out.pad_to(16);  // no time stamp, no symbols
    out.u16(0);
    out.u16(0x0002);
    out.u32(0);
    out.text(".data", 8);
    out.u64(0x110000000);
    out.u64(0x110000000);
    out.u64(information.size());
    out.u64(data_at);
    out.pad_to(out.file.size() + 24);
    out.u32(0x40);
    out.u32(0);
    out.bytes(information);
    return out.file;
}

namespace {

void leb128(Writer& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) out.u8((value & 0x7FU) | 0x80U);
    out.u8(value);
}

void name(Writer& out, std::string_view text) {
    leb128(out, text.size());
    out.text(text, text.size());
}

void section(Writer& out, std::uint8_t kind, const Writer& content) {
    out.u8(kind);
    leb128(out, content.file.size());
    out.bytes(content.file);
}

}  // namespace

File wasm(const Wasm& wanted) {
    using namespace std::string_view_literals;
    Writer imports{std::endian::little};
    leb128(imports, 1);
    name(imports, wanted.imports_from);
    name(imports, "run");
    Writer data{std::endian::little};
    const std::string framed = framed_text(wanted.build);
    data.text("\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6"sv, 16);
    data.text(std::string_view{framed}.substr(16, framed.size() - 32), framed.size() - 32);
    data.text("\xf9\x32\x43\x31\x86\x18\x20\x72\x00\x82\x42\x10\x41\x16\xd8\xf2"sv, 16);
    Writer producers{std::endian::little};
    name(producers, "producers");
    leb128(producers, 1);
    name(producers, "language");
    leb128(producers, 1);
    name(producers, "Go");
    name(producers, wanted.build.go_version);

    Writer out{std::endian::little};
    out.text("\0asm\1\0\0\0"sv, 8);
    section(out, 2, imports);
    section(out, 11, data);
    section(out, 0, producers);
    return out.file;
}

}  // namespace gov::cross::crafted
