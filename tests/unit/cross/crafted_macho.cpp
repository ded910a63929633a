// SPDX-License-Identifier: Apache-2.0
#include "base/crypto.hpp"
#include "crafted.hpp"

#include <algorithm>

namespace gov::cross::crafted {

namespace {

constexpr std::uint64_t base = 0x100000000;
constexpr std::size_t page = 4096;
constexpr std::size_t info_at = page;  // the build information, on the second page
constexpr std::size_t code_size = 2 * page + 100;

void command_with_text(Writer& out, std::uint32_t kind, std::string_view text, std::size_t fields) {
    const std::size_t size = (12 + 4 * fields + text.size() + 8) / 8 * 8;
    out.u32(kind);
    out.u32(size);
    out.u32(12 + 4 * fields);
    for (std::size_t i = 0; i < fields; ++i) out.u32(0);
    out.text(text, size - 12 - 4 * fields);
}

void segment(Writer& out, std::string_view name, std::uint64_t offset, std::uint64_t size,
             std::size_t information) {
    out.u32(0x19);
    out.u32(information != 0 ? 72 + 80 : 72);
    out.text(name, 16);
    for (const std::uint64_t value : {base + offset, size, offset, size}) out.u64(value);
    out.u32(3);
    out.u32(3);
    out.u32(information != 0 ? 1 : 0);
    out.u32(0);
    if (information == 0) return;
    out.text("__go_buildinfo", 16);
    out.text(name, 16);
    out.u64(base + info_at);
    out.u64(information);
    out.u32(info_at);
    for (int i = 0; i < 7; ++i) out.u32(0);
}

// An ad-hoc signature of `code`, as Go's linker writes it (cmd/internal/codesign).
File signature(const File& code) {
    using namespace std::string_view_literals;
    constexpr std::string_view identifier = "a.out\0"sv;
    const std::size_t pages = (code.size() + page - 1) / page;
    const std::size_t directory = 88 + identifier.size() + 32 * pages;
    Writer out{std::endian::big};
    for (const std::uint64_t value : {std::uint64_t{0xfade0cc0}, std::uint64_t{20 + directory},
                                      std::uint64_t{1}, std::uint64_t{0}, std::uint64_t{20}})
        out.u32(value);
    out.u32(0xfade0c02);
    out.u32(directory);
    out.u32(0x20400);
    out.u32(0x20002);
    out.u32(88 + identifier.size());
    out.u32(88);
    out.u32(0);
    out.u32(pages);
    out.u32(code.size());
    out.u8(32);
    out.u8(2);
    out.u8(0);
    out.u8(12);
    out.pad_to(20 + 88);
    out.text(identifier, identifier.size());
    for (std::size_t at = 0; at < code.size(); at += page) {
        const std::size_t size = std::min(page, code.size() - at);
        const base::Digest digest = base::sha256({code.data() + at, size});
        out.bytes({digest.begin(), digest.end()});
    }
    return out.file;
}

void commands(Writer& out, const Macho& wanted, std::size_t information,
              std::size_t signature_size) {
    segment(out, "__DATA", 0, code_size, information);
    segment(out, "__LINKEDIT", code_size, signature_size, 0);
    for (const std::uint32_t value : {0x32U, 24U, 1U, 0x000b0001U, 0x000b0000U, 0U}) out.u32(value);
    for (const std::uint32_t value : {0xbU, 80U, 0U, 3U}) out.u32(value);
    out.text("", 64);
    command_with_text(out, 0xe, "/usr/lib/dyld", 0);
    command_with_text(out, 0xc, "/usr/lib/libSystem.B.dylib", 3);
    if (wanted.with_uuid) {
        out.u32(0x1b);
        out.u32(24);
        out.text("0123456789abcdef", 16);
    }
    if (!wanted.is_signed) return;
    out.u32(0x1d);
    out.u32(16);
    out.u32(code_size);
    out.u32(signature_size);
}

}  // namespace

File macho(const Macho& wanted) {
    const File information = build_info_blob(wanted.build);
    const std::size_t signature_size = wanted.is_signed ? signature(File(code_size)).size() : 0;
    Writer list{std::endian::little};
    commands(list, wanted, information.size(), signature_size);
    Writer out{std::endian::little};
    const std::uint32_t count = 6U + (wanted.with_uuid ? 1U : 0U) + (wanted.is_signed ? 1U : 0U);
    for (const std::uint32_t value : {0xfeedfacfU, wanted.cpu, 0U, 2U, count}) out.u32(value);
    out.u32(list.file.size());
    out.u32(0x200004);
    out.u32(0);
    out.bytes(list.file);
    out.pad_to(info_at);
    out.bytes(information);
    out.pad_to(code_size);
    if (wanted.is_signed) out.bytes(signature(out.file));
    return out.file;
}

File fat(const std::vector<File>& slices) {
    Writer out{std::endian::big};
    out.u32(0xcafebabe);
    out.u32(slices.size());
    std::size_t offset = 2 * page;
    for (const File& slice : slices) {
        out.u32(0);
        out.u32(0);
        out.u32(offset);
        out.u32(slice.size());
        out.u32(12);
        offset += (slice.size() + page - 1) / page * page;
    }
    offset = 2 * page;
    for (const File& slice : slices) {
        out.pad_to(offset);
        out.bytes(slice);
        offset += (slice.size() + page - 1) / page * page;
    }
    return out.file;
}

}  // namespace gov::cross::crafted
