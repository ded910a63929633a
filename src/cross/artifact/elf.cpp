// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/elf.hpp"

#include "base/format.hpp"
#include "cross/artifact/elf_dynamic.hpp"
#include "cross/artifact/elf_tables.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

constexpr std::uint16_t type_relocatable = 1;
constexpr std::uint16_t type_executable = 2;
constexpr std::uint16_t type_shared = 3;
constexpr std::uint32_t segment_load = 1;
constexpr std::uint32_t segment_interpreter = 3;
constexpr std::uint32_t segment_gnu_stack = 0x6474e551;
constexpr std::uint32_t flag_execute = 1;
constexpr std::uint32_t flag_write = 2;
constexpr std::uint64_t longest_path = 4096;

struct Architecture {
    std::uint16_t machine;
    int bits;
    std::endian order;
    std::string_view name;
};

// Machine numbers of the System V ABI's registry; names as GOARCH spells them.
constexpr std::array architectures{
    Architecture{3, 32, std::endian::little, "386"},
    Architecture{8, 32, std::endian::big, "mips"},
    Architecture{8, 32, std::endian::little, "mipsle"},
    Architecture{8, 64, std::endian::big, "mips64"},
    Architecture{8, 64, std::endian::little, "mips64le"},
    Architecture{21, 64, std::endian::big, "ppc64"},
    Architecture{21, 64, std::endian::little, "ppc64le"},
    Architecture{22, 64, std::endian::big, "s390x"},
    Architecture{40, 32, std::endian::little, "arm"},
    Architecture{43, 64, std::endian::big, "sparc64"},
    Architecture{62, 64, std::endian::little, "amd64"},
    Architecture{183, 64, std::endian::little, "arm64"},
    Architecture{243, 64, std::endian::little, "riscv64"},
    Architecture{258, 64, std::endian::little, "loong64"},
};

struct Loader {
    std::string_view prefix;
    std::string_view os;
};

// The loaders that Go's linker names (src/cmd/link/internal/*/obj.go); the first match counts.
constexpr std::array loaders{
    Loader{"/lib/ld-linux", "linux"},
    Loader{"/lib64/ld-linux", "linux"},
    Loader{"/lib/ld-musl-", "linux"},
    Loader{"/lib64/ld64.so.", "linux"},
    Loader{"/system/bin/linker", "android"},
    Loader{"/libexec/ld-elf.so.1", "freebsd"},
    Loader{"/usr/libexec/ld-elf.so.1", "freebsd"},
    Loader{"/usr/libexec/ld-elf.so.2", "dragonfly"},
    Loader{"/libexec/ld.elf_so", "netbsd"},
    Loader{"/usr/libexec/ld.elf_so", "netbsd"},
    Loader{"/usr/libexec/ld.so", "openbsd"},
    Loader{"/lib/amd64/ld.so.1", "solaris"},
};

std::string_view os_of(std::uint8_t os_abi, std::string_view interpreter) {
    switch (os_abi) {
        case 2:
            return "netbsd";
        case 3:
            return "linux";
        case 6:
            return "solaris";
        case 9:
            return "freebsd";
        case 12:
            return "openbsd";
        default:
            break;
    }
    for (const Loader& loader : loaders)
        if (interpreter.starts_with(loader.prefix)) return loader.os;
    return {};
}

std::string_view arch_of(const ElfTables& tables) {
    for (const Architecture& known : architectures)
        if (known.machine == tables.machine && known.bits == tables.bits &&
            known.order == tables.order)
            return known.name;
    return {};
}

Kind kind_of(std::uint16_t type, bool is_program) {
    switch (type) {
        case type_relocatable:
            return Kind::object;
        case type_executable:
            return Kind::executable;
        case type_shared:
            return is_program ? Kind::pie : Kind::shared_library;
        default:
            return Kind::other;
    }
}

void read_segments(const ElfTables& tables, const ByteReader& file, Artifact& artifact) {
    for (const ElfSegment& segment : tables.segments) {
        if (tables.sections.empty() && segment.type == segment_load)
            artifact.regions.push_back({base::format("segment at {:#x}", segment.address),
                                        segment.offset, segment.file_size});
        if (segment.type == segment_interpreter)
            artifact.interpreter =
                file.part(segment.offset, segment.file_size, "the interpreter's path")
                    .padded_text(std::min(segment.file_size, longest_path));
        if (segment.type == segment_gnu_stack)
            artifact.executable_stack = (segment.flags & flag_execute) != 0;
    }
}

void read_sections(const ElfTables& tables, Artifact& artifact) {
    artifact.has_symbols = tables.section(".symtab") != nullptr;
    constexpr std::uint32_t empty = 8;  // SHT_NOBITS
    for (const ElfSection& section : tables.sections)
        if (section.type != 0 && section.type != empty && section.size != 0)
            artifact.regions.push_back({std::string{section.name}, section.offset, section.size});
    artifact.has_debug_info =
        tables.section(".debug_info") != nullptr || tables.section(".zdebug_info") != nullptr;
}

// Where debug/buildinfo looks (elfExe.DataStart in Go's src/debug/buildinfo/buildinfo.go).
std::optional<BuildInfo> read_build_info(const ElfTables& tables, const AddressSpace& program) {
    if (const ElfSection* section = tables.section(".go.buildinfo"))
        return find_build_info(program, section->address, section->size);
    for (const ElfSegment& segment : tables.segments)
        if (segment.type == segment_load &&
            (segment.flags & (flag_execute | flag_write)) == flag_write)
            return find_build_info(program, segment.address, segment.file_size);
    return std::nullopt;
}

}  // namespace

Artifact read_elf(Bytes bytes) {
    const ElfTables tables = read_elf_tables(bytes);
    const ByteReader file{bytes, tables.order, "the file"};
    AddressSpace program{file};
    for (const ElfSegment& segment : tables.segments)
        if (segment.type == segment_load)
            program.map(segment.address, segment.offset, segment.file_size);

    Artifact artifact;
    artifact.format = Format::elf;
    artifact.machine = tables.machine;
    artifact.bits = tables.bits;
    artifact.byte_order = tables.order;
    artifact.arch = arch_of(tables);
    read_segments(tables, file, artifact);
    read_sections(tables, artifact);
    artifact.os = os_of(tables.os_abi, artifact.interpreter);
    ElfDynamic dynamic = read_elf_dynamic(tables, file, program);
    artifact.kind = kind_of(tables.type, dynamic.marked_pie || !artifact.interpreter.empty());
    artifact.libraries = std::move(dynamic.needed);
    artifact.glibc_floor = std::move(dynamic.glibc_floor);
    artifact.build_info = read_build_info(tables, program);
    return artifact;
}

}  // namespace gov::cross
