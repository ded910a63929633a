// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/elf_dynamic.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace gov::cross {

namespace {

constexpr std::uint32_t segment_dynamic = 2;
constexpr std::uint64_t tag_null = 0;
constexpr std::uint64_t tag_needed = 1;
constexpr std::uint64_t tag_strings = 5;
constexpr std::uint64_t tag_flags_1 = 0x6ffffffb;
constexpr std::uint64_t tag_versions = 0x6ffffffe;
constexpr std::uint64_t tag_version_count = 0x6fffffff;
constexpr std::uint64_t flag_1_pie = 0x08000000;
// Bounds on what a hostile file can make this reader do; real programs stay far below.
constexpr std::size_t most_libraries = 4096;
constexpr std::size_t most_versions = 65536;
constexpr std::uint64_t longest_name = 4096;

struct Entries {
    std::vector<std::uint64_t> needed;  // offsets into the strings
    std::optional<std::uint64_t> strings;
    std::optional<std::uint64_t> versions;
    std::uint64_t version_count = 0;
    bool marked_pie = false;
};

Entries read_entries(ByteReader segment, int bits) {
    Entries entries;
    const std::uint64_t entry_size = bits == 64 ? 16 : 8;
    while (segment.remaining() >= entry_size) {
        const std::uint64_t tag = segment.word(bits);
        const std::uint64_t value = segment.word(bits);
        if (tag == tag_null) break;
        if (tag == tag_needed) entries.needed.push_back(value);
        if (tag == tag_strings) entries.strings = value;
        if (tag == tag_versions) entries.versions = value;
        if (tag == tag_version_count) entries.version_count = value;
        if (tag == tag_flags_1) entries.marked_pie = (value & flag_1_pie) != 0;
        if (entries.needed.size() > most_libraries)
            throw damaged_at(segment.offset(), "the program needs too many libraries");
    }
    return entries;
}

// "GLIBC_2.3.4" as {2, 3, 4}; nullopt for what is no public version of glibc (GLIBC_PRIVATE).
std::optional<std::vector<int>> glibc_version(std::string_view name) {
    constexpr std::string_view prefix = "GLIBC_";
    if (!name.starts_with(prefix)) return std::nullopt;
    name.remove_prefix(prefix.size());
    std::vector<int> parts{0};
    for (const char letter : name) {
        if (letter == '.' && parts.size() < 4)
            parts.push_back(0);
        else if (letter >= '0' && letter <= '9' && parts.back() < 10000)
            parts.back() = parts.back() * 10 + (letter - '0');
        else
            return std::nullopt;
    }
    return parts;
}

// Walks the chains of Verneed and Vernaux entries, whose layout both classes share.
std::string find_glibc_floor(const ByteReader& versions, std::uint64_t count,
                             const ByteReader& strings) {
    std::vector<int> highest;
    std::string floor;
    std::size_t seen = 0;
    std::uint64_t at = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        ByteReader library = versions.from(at, "a needed version");
        library.skip(2);
        const std::uint16_t names = library.u16();
        library.skip(4);
        std::uint64_t name_at = at + library.u32();
        const std::uint32_t next = library.u32();
        for (std::uint16_t k = 0; k < names; ++k) {
            if (++seen > most_versions)
                throw damaged_at(versions.offset(), "the program needs too many versions");
            ByteReader entry = versions.from(name_at, "a needed version");
            entry.skip(8);
            const std::string_view name =
                strings.from(entry.u32(), "a version's name").text(longest_name);
            if (auto version = glibc_version(name); version && *version > highest) {
                highest = std::move(*version);
                floor = name.substr(6);
            }
            const std::uint32_t next_name = entry.u32();
            if (next_name == 0) break;
            name_at += next_name;
        }
        if (next == 0) break;
        at += next;
        if (++seen > most_versions)
            throw damaged_at(versions.offset(), "the program needs too many versions");
    }
    return floor;
}

}  // namespace

ElfDynamic read_elf_dynamic(const ElfTables& tables, const ByteReader& file,
                            const AddressSpace& program) {
    ElfDynamic result;
    const auto segment =
        std::find_if(tables.segments.begin(), tables.segments.end(),
                     [](const ElfSegment& entry) { return entry.type == segment_dynamic; });
    if (segment == tables.segments.end()) return result;
    const Entries entries = read_entries(
        file.part(segment->offset, segment->file_size, "the dynamic segment"), tables.bits);
    result.marked_pie = entries.marked_pie;
    if (!entries.strings) return result;
    const auto strings = program.at(*entries.strings, "the dynamic strings");
    if (!strings)
        throw damaged_at(segment->offset,
                         base::format("dynamic strings at {:#x}, which the file does not hold",
                                      *entries.strings));
    for (const std::uint64_t offset : entries.needed)
        result.needed.emplace_back(strings->from(offset, "a library's name").text(longest_name));
    if (!entries.versions) return result;
    const auto versions = program.at(*entries.versions, "the needed versions");
    if (!versions)
        throw damaged_at(segment->offset,
                         base::format("needed versions at {:#x}, which the file does not hold",
                                      *entries.versions));
    result.glibc_floor = find_glibc_floor(*versions, entries.version_count, *strings);
    return result;
}

}  // namespace gov::cross
