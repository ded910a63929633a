// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "download/little_endian.hpp"
#include "download/module_zip.hpp"

#include <algorithm>

namespace gov::download {

namespace {

using base::Error;
using base::ExitCode;

constexpr std::size_t end_record_size = 22;
constexpr std::size_t central_header_size = 46;
constexpr std::uint64_t largest_zip = std::uint64_t{500} << 20U;  // x/mod/zip: MaxZipFile

[[noreturn]] void refuse(const std::string& what) {
    throw Error{"the module zip " + what, {}, ExitCode::verification};
}

struct EndRecord {
    std::size_t entries = 0;
    std::uint64_t directory_size = 0;
    std::uint64_t directory_offset = 0;
};

// The end-of-central-directory record, which must be the file's last 22 bytes.
EndRecord read_end_record(ArchiveFile& file, std::uint64_t size) {
    if (size < end_record_size) refuse("is cut short");
    const std::string record = file.read_exactly(size - end_record_size, end_record_size);
    const LittleEndian fields{base::as_bytes(record)};
    if (fields.u32(0) != 0x06054b50) refuse("has no end record: it is cut short, or no zip at all");
    const EndRecord end{fields.u16(10), fields.u32(12), fields.u32(16)};
    const bool one_disk = fields.u16(4) == 0 && fields.u16(6) == 0 && fields.u16(8) == end.entries;
    if (!one_disk || fields.u16(20) != 0) refuse("has an end record that Go's zips do not have");
    if (end.directory_offset + end.directory_size != size - end_record_size)
        refuse("has bytes that belong to nothing");
    return end;
}

// The entry of the central header at the front of `bytes`, which is cut off.
ZipEntry take_central_header(base::Bytes& bytes, std::string_view prefix) {
    if (bytes.size() < central_header_size) refuse("has a central directory that ends early");
    const LittleEndian fields{bytes};
    if (fields.u32(0) != 0x02014b50) refuse("has a damaged central directory");
    const std::size_t name_size = fields.u16(28);
    const std::size_t whole = central_header_size + name_size + fields.u16(30) + fields.u16(32);
    if (bytes.size() < whole) refuse("has a central directory that ends early");
    const std::string_view name{reinterpret_cast<const char*>(bytes.data()) + central_header_size,
                                name_size};
    const auto shown = [&] { return base::printable(name.substr(0, 255)); };
    if (!name.starts_with(prefix) || name.size() == prefix.size())
        refuse(base::format("has a member outside {}: \"{}\"", prefix, shown()));
    ZipEntry entry{std::string{name.substr(prefix.size())},
                   fields.u16(10),
                   fields.u32(16),
                   fields.u32(20),
                   fields.u32(24),
                   fields.u32(42),
                   0};
    constexpr unsigned encrypted = 1U | 64U;
    if ((fields.u16(8) & encrypted) != 0 || (entry.method != 0 && entry.method != 8) ||
        fields.u16(34) != 0)
        refuse(base::format("has a member packed in a way Go's zips are not: \"{}\"", shown()));
    const unsigned unix_type = (fields.u32(38) >> 16U) & 0170000U;
    if (unix_type != 0 && unix_type != 0100000U)
        refuse(base::format("has a member that is no regular file: \"{}\"", shown()));
    bytes = bytes.subspan(whole);
    return entry;
}

// Where each entry ends is where the next one starts; the last ends at the central directory.
void lay_out(std::vector<ZipEntry>& entries, std::uint64_t directory_offset) {
    std::ranges::sort(entries, {}, &ZipEntry::offset);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].end = i + 1 < entries.size() ? entries[i + 1].offset : directory_offset;
        if (entries[i].end > directory_offset || entries[i].offset >= entries[i].end)
            refuse(
                base::format("has members that overlap: \"{}\"", base::printable(entries[i].name)));
    }
    if (entries.front().offset != 0) refuse("has bytes before its first member");
}

}  // namespace

std::vector<ZipEntry> read_zip_directory(ArchiveFile& file, std::string_view prefix) {
    const std::uint64_t size = file.size();
    if (size > largest_zip) refuse("is larger than any Go release");
    const EndRecord end = read_end_record(file, size);
    if (end.entries == 0 || end.directory_size > size) refuse("has no members");
    const std::string directory = file.read_exactly(end.directory_offset, end.directory_size);
    base::Bytes rest = base::as_bytes(directory);
    std::vector<ZipEntry> entries;
    entries.reserve(end.entries);
    for (std::size_t i = 0; i < end.entries; ++i)
        entries.push_back(take_central_header(rest, prefix));
    if (!rest.empty()) refuse("has more in its central directory than it says");
    lay_out(entries, end.directory_offset);
    return entries;
}

}  // namespace gov::download
