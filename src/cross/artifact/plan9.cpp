// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/plan9.hpp"

#include <array>

namespace gov::cross {

namespace {

struct Machine {
    std::uint32_t magic;
    int bits;
    std::string_view arch;
};

// Magics of Plan 9's a.out(6), as in Go's src/debug/plan9obj. Those of machines with addresses of
// 64 bits have a second entry point after the header.
constexpr std::array machines{
    Machine{0x1EB, 32, "386"},
    Machine{0x647, 32, "arm"},
    Machine{0x8A97, 64, "amd64"},
};

const Machine* machine_of(Bytes bytes) noexcept {
    if (bytes.size() < 4) return nullptr;
    const std::uint32_t magic = std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U |
                                std::uint32_t{bytes[2]} << 8U | bytes[3];
    for (const Machine& machine : machines)
        if (machine.magic == magic) return &machine;
    return nullptr;
}

}  // namespace

bool is_plan9(Bytes bytes) noexcept {
    return machine_of(bytes) != nullptr;
}

Artifact read_plan9(Bytes bytes) {
    const Machine& machine = *machine_of(bytes);
    const ByteReader file{bytes, std::endian::big, "the file"};
    ByteReader header = file.from(4, "the a.out header");
    const std::uint32_t text_size = header.u32();
    const std::uint32_t data_size = header.u32();
    header.skip(4);  // of what starts as zeros
    const std::uint32_t symbols_size = header.u32();
    header.skip(8);  // entry point, a table that nobody writes
    const std::uint32_t lines_size = header.u32();
    if (machine.bits == 64) header.skip(8);

    Artifact artifact;
    artifact.format = Format::plan9;
    artifact.os = "plan9";
    artifact.arch = machine.arch;
    artifact.machine = machine.magic;
    artifact.bits = machine.bits;
    artifact.kind = Kind::executable;
    artifact.has_symbols = symbols_size != 0;
    std::uint64_t at = header.offset();
    const std::uint64_t data_at = at + text_size;
    const std::array<Region, 4> parts{Region{"text", 0, text_size}, Region{"data", 0, data_size},
                                      Region{"symbols", 0, symbols_size},
                                      Region{"lines", 0, lines_size}};
    for (const Region& part : parts) {
        file.part(at, part.size, "a section");
        if (part.size != 0) artifact.regions.push_back({part.name, at, part.size});
        at += part.size;
    }
    // The data is loaded at the start of a page, so it may as well be at 0.
    AddressSpace program{file};
    program.map(0, data_at, data_size);
    artifact.build_info = find_build_info(program, 0, data_size);
    return artifact;
}

}  // namespace gov::cross
