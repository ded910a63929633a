// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/macho_uuid.hpp"

#include "cross/artifact/byte_reader.hpp"
#include "cross/artifact/code_signature.hpp"

#include <algorithm>
#include <limits>

namespace gov::cross {

namespace {

constexpr std::uint32_t lc_segment_64 = 0x19;
constexpr std::uint32_t lc_uuid = 0x1b;
constexpr std::uint32_t lc_code_signature = 0x1d;
constexpr std::size_t header_size = 32;
constexpr std::size_t counts_at = 16;  // of the header: how many commands, and their bytes
constexpr std::size_t uuid_size = 24;

struct Commands {
    std::uint32_t count = 0;
    std::uint32_t size = 0;
    std::uint64_t content_at = std::numeric_limits<std::uint64_t>::max();  // the first section's
    std::uint32_t signature_at = 0;
    std::uint32_t signature_size = 0;
};

void read_segment(ByteReader& command, Commands& commands) {
    command.skip(16 + 8 + 8);
    const std::uint64_t offset = command.u64();
    const std::uint64_t size = command.u64();
    command.skip(8);
    const std::uint32_t sections = command.u32();
    command.skip(4);
    if (offset != 0 && size != 0) commands.content_at = std::min(commands.content_at, offset);
    for (std::uint32_t i = 0; i < sections; ++i) {
        command.skip(32 + 8 + 8);
        const std::uint32_t at = command.u32();
        command.skip(28);
        if (at != 0) commands.content_at = std::min<std::uint64_t>(commands.content_at, at);
    }
}

Commands read_commands(Bytes program) {
    const ByteReader file{program, std::endian::little, "the file"};
    ByteReader counts = file.from(counts_at, "the Mach-O header");
    Commands commands;
    commands.count = counts.u32();
    commands.size = counts.u32();
    ByteReader list = file.part(header_size, commands.size, "the load commands");
    for (std::uint32_t i = 0; i < commands.count; ++i) {
        ByteReader command = list;
        const std::uint32_t kind = command.u32();
        list.skip(command.u32());
        if (kind == lc_segment_64) read_segment(command, commands);
        if (kind == lc_code_signature) {
            commands.signature_at = command.u32();
            commands.signature_size = command.u32();
        }
    }
    return commands;
}

void put_u32(std::span<std::uint8_t> program, std::size_t at, std::uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) program[at + i] = static_cast<std::uint8_t>(value >> 8 * i);
}

}  // namespace

bool insert_uuid(std::span<std::uint8_t> program) {
    const Commands commands = read_commands(program);
    const std::size_t at = header_size + commands.size;
    const std::size_t end = at + uuid_size;
    if (end > commands.content_at || end > program.size()) return false;
    const bool is_signed = commands.signature_size != 0;
    const std::size_t content =
        is_signed ? std::min<std::size_t>(commands.signature_at, program.size()) : program.size();
    const auto rehash = [&](std::size_t bytes) {
        return rehash_start(program, commands.signature_at, commands.signature_size, bytes);
    };
    if (is_signed && !rehash(0)) return false;
    base::Digest uuid = base::sha256(program.first(content));
    uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0FU) | 0x30U);  // version 3 of RFC 4122
    uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3FU) | 0x80U);  // and its variant
    put_u32(program, at, lc_uuid);
    put_u32(program, at + 4, uuid_size);
    std::copy_n(uuid.begin(), 16, program.begin() + static_cast<std::ptrdiff_t>(at + 8));
    put_u32(program, counts_at, commands.count + 1);
    put_u32(program, counts_at + 4, commands.size + static_cast<std::uint32_t>(uuid_size));
    if (is_signed) rehash(end);
    return true;
}

}  // namespace gov::cross
