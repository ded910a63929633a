// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/macho.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

// Names of Apple's <mach-o/loader.h>, <mach-o/fat.h> and <mach/machine.h>.
constexpr std::uint32_t mh_magic = 0xfeedface;
constexpr std::uint32_t mh_magic_64 = 0xfeedfacf;
constexpr std::uint32_t fat_magic = 0xcafebabe;
constexpr std::uint32_t fat_magic_64 = 0xcafebabf;
constexpr std::uint32_t mh_object = 1;
constexpr std::uint32_t mh_execute = 2;
constexpr std::uint32_t mh_dylib = 6;
constexpr std::uint32_t mh_bundle = 8;
constexpr std::uint32_t mh_pie = 0x200000;
constexpr std::uint32_t lc_segment = 0x1;
constexpr std::uint32_t lc_dysymtab = 0xb;
constexpr std::uint32_t lc_load_dylib = 0xc;
constexpr std::uint32_t lc_load_dylinker = 0xe;
constexpr std::uint32_t lc_segment_64 = 0x19;
constexpr std::uint32_t lc_uuid = 0x1b;
constexpr std::uint32_t lc_code_signature = 0x1d;
constexpr std::uint32_t lc_version_min_macosx = 0x24;
constexpr std::uint32_t lc_version_min_iphoneos = 0x25;
constexpr std::uint32_t lc_build_version = 0x32;
constexpr std::uint32_t lc_load_weak_dylib = 0x80000018;
constexpr std::uint32_t lc_reexport_dylib = 0x8000001f;
constexpr std::uint32_t lc_load_upward_dylib = 0x80000023;
// More slices than machines exist: a Java class file, which has the same magic, reads so.
constexpr std::uint32_t most_slices = 40;
constexpr std::uint64_t longest_path = 4096;

std::string_view arch_of(std::uint32_t cpu) {
    switch (cpu) {
        case 7:
            return "386";
        case 12:
            return "arm";
        case 0x01000007:
            return "amd64";
        case 0x0100000c:
            return "arm64";
        default:
            return {};
    }
}

Kind kind_of(std::uint32_t type, std::uint32_t flags) {
    switch (type) {
        case mh_object:
            return Kind::object;
        case mh_execute:
            return (flags & mh_pie) != 0 ? Kind::pie : Kind::executable;
        case mh_dylib:
        case mh_bundle:
            return Kind::shared_library;
        default:
            return Kind::other;
    }
}

// 0x000b0001 as "11.0.1", 0x000b0000 as "11.0".
std::string os_version(std::uint32_t packed) {
    const std::uint32_t patch = packed & 0xFFU;
    const std::string version = base::format("{}.{}", packed >> 16U, packed >> 8U & 0xFFU);
    return patch == 0 ? version : base::format("{}.{}", version, patch);
}

// Reads one Mach-O file, whole or a slice, command by command.
class SliceReader {
public:
    explicit SliceReader(ByteReader file) : file_{file}, program_{file} {}

    Artifact read() {
        ByteReader header = file_.from(0, "the Mach-O header");
        artifact_.format = Format::macho;
        artifact_.bits = header.u32() == mh_magic_64 ? 64 : 32;
        artifact_.machine = header.u32();
        artifact_.arch = arch_of(artifact_.machine);
        header.skip(4);  // CPU subtype
        const std::uint32_t type = header.u32();
        const std::uint32_t count = header.u32();
        const std::uint32_t size = header.u32();
        artifact_.kind = kind_of(type, header.u32());
        if (artifact_.bits == 64) header.skip(4);
        ByteReader commands = header.from_here(size, "the load commands");
        for (std::uint32_t i = 0; i < count; ++i) read_command(commands);
        if (artifact_.os.empty()) artifact_.os = "darwin";  // written before the platform was
        find_information();
        return std::move(artifact_);
    }

private:
    void read_command(ByteReader& commands) {
        ByteReader head = commands;
        const std::uint32_t kind = head.u32();
        const std::uint32_t size = head.u32();
        if (size < 8)
            throw damaged_at(commands.offset(), base::format("a load command of {} bytes", size));
        ByteReader command = commands.from_here(size, "a load command");
        commands.skip(size);
        command.skip(8);
        switch (kind) {
            case lc_segment:
            case lc_segment_64:
                return read_segment(command, kind == lc_segment_64 ? 64 : 32);
            case lc_load_dylib:
            case lc_load_weak_dylib:
            case lc_reexport_dylib:
            case lc_load_upward_dylib:
                artifact_.libraries.push_back(name_in(command));
                return;
            case lc_load_dylinker:
                artifact_.interpreter = name_in(command);
                return;
            case lc_uuid:
                artifact_.has_uuid = true;
                return;
            case lc_build_version:
                return read_platform(command);
            case lc_version_min_macosx:
            case lc_version_min_iphoneos:
                artifact_.os = kind == lc_version_min_macosx ? "darwin" : "ios";
                artifact_.minimum_os = os_version(command.u32());
                return;
            case lc_dysymtab:
                command.skip(4);
                artifact_.has_symbols = command.u32() > 0;  // local ones; imports do not count
                return;
            case lc_code_signature:
                return read_signature(command);
            default:
                return;
        }
    }

    void read_segment(ByteReader& command, int bits) {
        const std::string_view name = command.padded_text(16);
        const std::uint64_t address = command.word(bits);
        command.word(bits);  // size in memory
        const std::uint64_t offset = command.word(bits);
        const std::uint64_t size = command.word(bits);
        const std::uint32_t most_protection = command.u32();
        const std::uint32_t protection = command.u32();
        const std::uint32_t sections = command.u32();
        command.skip(4);  // flags
        if (name != "__PAGEZERO") program_.map(address, offset, size);
        if (sections == 0 && size != 0)
            artifact_.regions.push_back({std::string{name}, file_.offset() + offset, size});
        constexpr std::uint32_t read_and_write = 3;
        if (!has_writable_ && address != 0 && size != 0 && protection == read_and_write &&
            most_protection == read_and_write) {
            has_writable_ = true;
            writable_ = {address, size};
        }
        for (std::uint32_t i = 0; i < sections; ++i) read_section(command, bits);
    }

    void read_section(ByteReader& command, int bits) {
        const std::string_view name = command.padded_text(16);
        const std::string_view segment = command.padded_text(16);
        const std::uint64_t address = command.word(bits);
        const std::uint64_t size = command.word(bits);
        const std::uint32_t offset = command.u32();
        command.skip(bits == 64 ? 28 : 24);
        if (offset != 0)
            artifact_.regions.push_back(
                {base::format("{},{}", segment, name), file_.offset() + offset, size});
        if (name == "__go_buildinfo" && !has_section_) {
            has_section_ = true;
            section_ = {address, size};
        }
        if (name == "__debug_info" || name == "__zdebug_info") artifact_.has_debug_info = true;
    }

    // The text of a command that holds the offset of a text in itself.
    std::string name_in(ByteReader& command) const {
        const std::uint32_t offset = command.u32();
        if (offset < 12)
            throw damaged_at(command.offset() - 4,
                             base::format("a name at {} of its command", offset));
        command.skip(offset - 12);
        return std::string{command.padded_text(std::min(command.remaining(), longest_path))};
    }

    void read_platform(ByteReader& command) {
        const std::uint32_t platform = command.u32();
        if (platform == 1) artifact_.os = "darwin";
        if (platform == 2 || platform == 7) artifact_.os = "ios";  // 7: its simulator
        artifact_.minimum_os = os_version(command.u32());
    }

    void read_signature(ByteReader& command) {
        const std::uint32_t offset = command.u32();
        const std::uint32_t size = command.u32();
        artifact_.signature = check_code_signature(file_, offset, size);
        artifact_.regions.push_back({"code signature", file_.offset() + offset, size});
    }

    // Where debug/buildinfo looks (machoExe.DataStart in Go's src/debug/buildinfo/buildinfo.go).
    void find_information() {
        if (!has_section_ && !has_writable_) return;
        const Range range = has_section_ ? section_ : writable_;
        artifact_.build_info = find_build_info(program_, range.address, range.size);
    }

    struct Range {
        std::uint64_t address = 0;
        std::uint64_t size = 0;
    };

    ByteReader file_;
    AddressSpace program_;
    Artifact artifact_;
    Range section_;
    Range writable_;
    bool has_section_ = false;
    bool has_writable_ = false;
};

std::uint32_t magic_of(ByteReader file, std::endian order) {
    return file.remaining() < 4 ? 0 : file.in_order(order).u32();
}

bool is_thin(const ByteReader& file) {
    const std::uint32_t magic = magic_of(file, std::endian::little);
    return magic == mh_magic || magic == mh_magic_64;
}

bool is_fat(const ByteReader& file) {
    const std::uint32_t magic = magic_of(file, std::endian::big);
    return magic == fat_magic || magic == fat_magic_64;
}

Artifact read_fat(const ByteReader& file) {
    ByteReader header = file.in_order(std::endian::big);
    const int bits = header.u32() == fat_magic_64 ? 64 : 32;
    const std::uint32_t count = header.u32();
    if (count == 0 || count > most_slices)
        throw damaged_at(4, base::format("a universal file of {} slices", count));
    std::vector<Artifact> slices;
    for (std::uint32_t i = 0; i < count; ++i) {
        header.skip(8);  // CPU type and subtype, which the slice repeats
        const std::uint64_t offset = header.word(bits);
        const std::uint64_t size = header.word(bits);
        header.skip(bits == 64 ? 8 : 4);  // alignment
        const ByteReader slice = file.part(offset, size, "a slice");
        if (!is_thin(slice)) throw damaged_at(offset, "a slice that is no Mach-O file");
        slices.push_back(SliceReader{slice}.read());
    }
    Artifact whole = slices.front();
    whole.slices = std::move(slices);
    return whole;
}

}  // namespace

bool is_macho(Bytes bytes) noexcept {
    const ByteReader file{bytes, std::endian::little, "the file"};
    return is_thin(file) || is_fat(file);
}

Artifact read_macho(Bytes bytes) {
    const ByteReader file{bytes, std::endian::little, "the file"};
    return is_fat(file) ? read_fat(file) : SliceReader{file}.read();
}

}  // namespace gov::cross
