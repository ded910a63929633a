// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/pe.hpp"

#include "base/format.hpp"

#include <array>
#include <charconv>

namespace gov::cross {

namespace {

// Layout and names of Microsoft's "PE Format".
constexpr std::uint16_t magic_pe32 = 0x10b;
constexpr std::uint16_t magic_pe32_plus = 0x20b;
constexpr std::uint16_t file_is_dll = 0x2000;
constexpr std::uint16_t dynamic_base = 0x40;
constexpr std::size_t import_directory = 1;
constexpr std::size_t certificate_directory = 4;
constexpr std::uint64_t symbol_size = 18;
constexpr std::size_t most_libraries = 4096;
constexpr std::uint64_t longest_name = 4096;

std::string_view arch_of(std::uint16_t machine, int bits) {
    switch (machine) {
        case 0x14c:
            return bits == 32 ? "386" : "";
        case 0x1c0:
        case 0x1c4:
            return bits == 32 ? "arm" : "";
        case 0x8664:
            return bits == 64 ? "amd64" : "";
        case 0xaa64:
            return bits == 64 ? "arm64" : "";
        default:
            return {};
    }
}

Subsystem subsystem_of(std::uint16_t number) {
    switch (number) {
        case 2:
            return Subsystem::gui;
        case 3:
            return Subsystem::console;
        default:
            return Subsystem::other;
    }
}

struct Directory {
    std::uint32_t address = 0;  // relative to the image's; of the certificates: a file offset
    std::uint32_t size = 0;
};

struct Section {
    std::string_view name;
    std::uint32_t memory_size = 0;
    std::uint32_t address = 0;
    std::uint32_t file_size = 0;
    std::uint32_t offset = 0;
    std::uint32_t characteristics = 0;
};

class PeReader {
public:
    explicit PeReader(Bytes bytes)
        : file_{bytes, std::endian::little, "the file"}, program_{file_} {}

    Artifact read() {
        artifact_.format = Format::pe;
        artifact_.os = "windows";
        ByteReader header = file_header();
        const std::uint16_t optional_size = read_file_header(header);
        read_optional_header(header.from_here(optional_size, "the PE optional header"));
        header.skip(optional_size);
        for (std::uint16_t i = 0; i < section_count_; ++i) read_section(header);
        file_.part(symbols_at_, symbol_count_ * symbol_size, "the symbol table");
        read_libraries();
        if (symbol_count_ != 0)
            artifact_.regions.push_back({"symbols", symbols_at_, symbol_count_ * symbol_size});
        const Directory& certificates = directories_[certificate_directory];
        artifact_.has_authenticode = certificates.size != 0;
        if (artifact_.has_authenticode)
            artifact_.regions.push_back({"certificates", certificates.address, certificates.size});
        file_.part(certificates.address, certificates.size, "the certificate table");
        artifact_.build_info = find_information();
        return std::move(artifact_);
    }

private:
    // The COFF file header, which follows the signature that the DOS header points to.
    ByteReader file_header() const {
        const std::uint32_t offset = file_.from(0x3c, "the DOS header").u32();
        ByteReader header = file_.from(offset, "the PE header");
        if (header.u32() != 0x4550)
            throw damaged_at(offset, "a DOS program, or the PE signature is damaged");
        return header;
    }

    std::uint16_t read_file_header(ByteReader& header) {
        machine_ = header.u16();
        section_count_ = header.u16();
        artifact_.machine = machine_;
        artifact_.time_stamp = header.u32();
        symbols_at_ = header.u32();
        symbol_count_ = header.u32();
        artifact_.has_symbols = symbol_count_ > 0;
        const std::uint16_t optional_size = header.u16();
        is_dll_ = (header.u16() & file_is_dll) != 0;
        return optional_size;
    }

    void read_optional_header(ByteReader header) {
        const std::uint16_t magic = header.u16();
        if (magic != magic_pe32 && magic != magic_pe32_plus)
            throw damaged_at(header.offset() - 2, base::format("PE magic {:#x}", magic));
        const int bits = magic == magic_pe32_plus ? 64 : 32;
        artifact_.bits = bits;
        artifact_.arch = arch_of(machine_, bits);
        header.skip(bits == 64 ? 22 : 26);
        image_base_ = header.word(bits);
        header.skip(16);  // alignments, versions of the system and of the image
        const std::uint16_t major = header.u16();
        artifact_.minimum_os =
            base::format("{}.{}", major, header.u16());  // the loader compares it
        header.skip(16);                                 // sizes, check sum
        artifact_.subsystem = subsystem_of(header.u16());
        const bool is_relocatable = (header.u16() & dynamic_base) != 0;
        artifact_.kind = is_dll_          ? Kind::shared_library
                         : is_relocatable ? Kind::pie
                                          : Kind::executable;
        for (int i = 0; i < 4; ++i) header.word(bits);  // sizes of stack and heap
        header.skip(4);
        const std::uint32_t directories = header.u32();
        for (std::size_t i = 0; i < directories_.size() && i < directories; ++i) {
            directories_[i].address = header.u32();
            directories_[i].size = header.u32();
        }
    }

    void read_section(ByteReader& headers) {
        Section section;
        section.name = long_name(headers.padded_text(8));
        section.memory_size = headers.u32();
        section.address = headers.u32();
        section.file_size = headers.u32();
        section.offset = headers.u32();
        headers.skip(12);
        section.characteristics = headers.u32();
        if (section.offset != 0 && section.file_size != 0) {
            artifact_.regions.push_back(
                {std::string{section.name}, section.offset, section.file_size});
            program_.map(image_base_ + section.address, section.offset, section.file_size);
        }
        if (section.name == ".debug_info" || section.name == ".zdebug_info")
            artifact_.has_debug_info = true;
        // As peExe.DataStart in Go's src/debug/buildinfo/buildinfo.go: the first section that is
        // initialised data, readable and writable, whatever its alignment.
        constexpr std::uint32_t alignment_bits = 0x600000;
        if (data_.address == 0 && section.address != 0 && section.file_size != 0 &&
            (section.characteristics & ~alignment_bits) == 0xC0000040)
            data_ = section;
    }

    // "/4" stands for the name at 4 in the string table, which follows the symbols.
    std::string_view long_name(std::string_view name) const {
        if (!name.starts_with('/')) return name;
        std::uint32_t offset = 0;
        const auto [end, problem] =
            std::from_chars(name.data() + 1, name.data() + name.size(), offset);
        if (problem != std::errc{} || end != name.data() + name.size()) return name;
        const std::uint64_t strings = symbols_at_ + symbol_count_ * symbol_size;
        return file_.from(strings + offset, "a section's name").text(longest_name);
    }

    void read_libraries() {
        const Directory& imports = directories_[import_directory];
        if (imports.address == 0) return;
        auto entries = program_.at(image_base_ + imports.address, "the import table");
        if (!entries) throw missing("import table", imports.address);
        for (;;) {
            entries->skip(12);
            const std::uint32_t name_at = entries->u32();
            entries->skip(4);
            if (name_at == 0) return;
            auto name = program_.at(image_base_ + name_at, "the name of a library");
            if (!name) throw missing("name of a library", name_at);
            artifact_.libraries.emplace_back(name->text(longest_name));
            if (artifact_.libraries.size() > most_libraries)
                throw damaged_at(entries->offset(), "the program imports too many libraries");
        }
    }

    static base::Error missing(std::string_view what, std::uint32_t address) {
        return damaged_at(
            0x3c, base::format("the {} at {:#x} in memory is not in the file", what, address));
    }

    std::optional<BuildInfo> find_information() const {
        if (data_.address == 0) return std::nullopt;
        return find_build_info(program_, image_base_ + data_.address, data_.memory_size);
    }

    ByteReader file_;
    AddressSpace program_;
    Artifact artifact_;
    std::uint64_t image_base_ = 0;
    std::uint64_t symbols_at_ = 0;
    std::uint64_t symbol_count_ = 0;
    std::uint16_t machine_ = 0;
    std::uint16_t section_count_ = 0;
    bool is_dll_ = false;
    std::array<Directory, 16> directories_;
    Section data_;
};

}  // namespace

Artifact read_pe(Bytes file) {
    return PeReader{file}.read();
}

}  // namespace gov::cross
