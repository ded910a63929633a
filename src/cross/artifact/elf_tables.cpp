// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/elf_tables.hpp"

#include "base/format.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

constexpr std::uint32_t section_is_empty = 8;       // SHT_NOBITS
constexpr std::uint32_t in_first_section = 0xFFFF;  // PN_XNUM, SHN_XINDEX
constexpr std::uint64_t longest_name = 4096;

struct Table {
    std::uint64_t offset = 0;
    std::uint64_t entry_size = 0;
    std::uint64_t count = 0;
};

struct RawSection {
    std::uint32_t name;
    std::uint32_t link;
    std::uint32_t info;
    ElfSection section;
};

RawSection read_section(ByteReader entry, int bits) {
    RawSection raw{};
    raw.name = entry.u32();
    raw.section.type = entry.u32();
    entry.word(bits);  // flags
    raw.section.address = entry.word(bits);
    raw.section.offset = entry.word(bits);
    raw.section.size = entry.word(bits);
    raw.link = entry.u32();
    raw.info = entry.u32();
    return raw;
}

ElfSegment read_segment(ByteReader entry, int bits) {
    ElfSegment segment{};
    segment.type = entry.u32();
    if (bits == 64) segment.flags = entry.u32();
    segment.offset = entry.word(bits);
    segment.address = entry.word(bits);
    entry.word(bits);  // physical address
    segment.file_size = entry.word(bits);
    segment.memory_size = entry.word(bits);
    if (bits == 32) segment.flags = entry.u32();
    return segment;
}

// Reads the header after its first 16 bytes, then the tables that it points to.
class TableReader {
public:
    TableReader(ByteReader file, ElfTables& tables) : file_{file}, tables_{tables} {}

    void read() {
        read_header();
        if (sections_.offset != 0) read_extended_counts();
        read_segments();
        read_sections();
    }

private:
    void read_header() {
        ByteReader header = file_.from(16, "the ELF header");
        tables_.type = header.u16();
        tables_.machine = header.u16();
        if (header.u32() != 1) throw damaged_at(header.offset() - 4, "an ELF version other than 1");
        header.word(tables_.bits);  // entry point
        segments_.offset = header.word(tables_.bits);
        sections_.offset = header.word(tables_.bits);
        header.skip(6);  // flags, size of this header
        segments_.entry_size = header.u16();
        segments_.count = header.u16();
        sections_.entry_size = header.u16();
        sections_.count = header.u16();
        names_index_ = header.u16();
    }

    // Counts that do not fit their field stand in the first section's entry.
    void read_extended_counts() {
        const RawSection first = read_section(
            file_.part(sections_.offset, sections_.entry_size, "the first section header"),
            tables_.bits);
        if (sections_.count == 0) sections_.count = first.section.size;
        if (segments_.count == in_first_section) segments_.count = first.info;
        if (names_index_ == in_first_section) names_index_ = first.link;
    }

    // The whole of `table`, checked before anything as large as its count is made.
    ByteReader whole(const Table& table, const char* what) const {
        const std::uint64_t least = tables_.bits == 64 ? 56 : 32;  // a segment's, the smaller one
        if (table.entry_size < least)
            throw damaged_at(table.offset,
                             base::format("{} with entries of {} bytes", what, table.entry_size));
        if (table.count > file_.remaining() / table.entry_size)
            throw damaged_at(table.offset, base::format("{} with {} entries", what, table.count));
        return file_.part(table.offset, table.count * table.entry_size, what);
    }

    void read_segments() {
        if (segments_.count == 0) return;
        const ByteReader table = whole(segments_, "the table of segments");
        tables_.segments.reserve(segments_.count);
        for (std::uint64_t i = 0; i < segments_.count; ++i) {
            const std::uint64_t at = i * segments_.entry_size;
            const ElfSegment segment = read_segment(
                table.part(at, segments_.entry_size, "a segment header"), tables_.bits);
            file_.part(segment.offset, segment.file_size, "a segment");
            tables_.segments.push_back(segment);
        }
    }

    void read_sections() {
        if (sections_.offset == 0 || sections_.count == 0) return;
        const ByteReader table = whole(sections_, "the table of sections");
        std::vector<RawSection> raw;
        raw.reserve(sections_.count);
        for (std::uint64_t i = 0; i < sections_.count; ++i) {
            const std::uint64_t at = i * sections_.entry_size;
            raw.push_back(read_section(table.part(at, sections_.entry_size, "a section header"),
                                       tables_.bits));
            // Entry 0 is no section: it may hold the counts.
            if (i != 0 && raw.back().section.type != section_is_empty)
                file_.part(raw.back().section.offset, raw.back().section.size, "a section");
        }
        if (names_index_ == 0) return name_sections(raw, file_.part(0, 0, "section names"));
        if (names_index_ >= raw.size())
            throw damaged_at(sections_.offset, base::format("section names in section {} of {}",
                                                            names_index_, raw.size()));
        const ElfSection& names = raw[names_index_].section;
        name_sections(raw, file_.part(names.offset, names.size, "the section names"));
    }

    void name_sections(const std::vector<RawSection>& raw, const ByteReader& names) {
        tables_.sections.reserve(raw.size());
        for (const RawSection& entry : raw) {
            ElfSection section = entry.section;
            if (names.remaining() > 0)
                section.name = names.from(entry.name, "a section's name").text(longest_name);
            tables_.sections.push_back(section);
        }
    }

    ByteReader file_;
    ElfTables& tables_;
    Table segments_;
    Table sections_;
    std::uint32_t names_index_ = 0;
};

}  // namespace

const ElfSection* ElfTables::section(std::string_view name) const {
    const auto found = std::find_if(sections.begin(), sections.end(),
                                    [&](const ElfSection& entry) { return entry.name == name; });
    return found == sections.end() ? nullptr : &*found;
}

ElfTables read_elf_tables(Bytes file) {
    ByteReader identity{file, std::endian::little, "the ELF header"};
    identity.skip(4);  // magic
    ElfTables tables{};
    const std::uint8_t klass = identity.u8();
    const std::uint8_t data = identity.u8();
    if (klass != 1 && klass != 2) throw damaged_at(4, base::format("ELF class {}", klass));
    if (data != 1 && data != 2) throw damaged_at(5, base::format("ELF byte order {}", data));
    if (const std::uint8_t version = identity.u8(); version != 1)
        throw damaged_at(6, base::format("ELF version {}", version));
    tables.os_abi = identity.u8();
    tables.bits = klass == 2 ? 64 : 32;
    tables.order = data == 1 ? std::endian::little : std::endian::big;
    TableReader{ByteReader{file, tables.order, "the file"}, tables}.read();
    return tables;
}

}  // namespace gov::cross
