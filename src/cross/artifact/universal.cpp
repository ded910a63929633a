// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/universal.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "cross/artifact/artifact.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <fcntl.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t fat_magic = 0xcafebabe;
constexpr std::uint64_t entry_size = 20;

struct Slice {
    std::unique_ptr<base::MappedFile> file;
    std::uint32_t machine = 0;
    std::uint32_t alignment = 0;  // a power of two
    std::uint64_t offset = 0;
};

Slice open_slice(const fs::path& path) {
    return base::while_doing("reading " + path.native(), [&] {
        Slice slice;
        slice.file = std::make_unique<base::MappedFile>(path);
        const Artifact artifact = read_artifact(slice.file->bytes());
        if (artifact.format != Format::macho || !artifact.slices.empty() || artifact.bits != 64)
            throw base::Error{"not a Mach-O program of 64 bits"};
        slice.machine = artifact.machine;
        slice.alignment = artifact.arch == "arm64" ? 14 : 12;  // the machines' page sizes
        return slice;
    });
}

class Header {
public:
    void u32(std::uint64_t value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    Bytes bytes() const noexcept { return bytes_; }

private:
    std::vector<std::uint8_t> bytes_;
};

}  // namespace

void write_universal(const std::vector<fs::path>& paths, const fs::path& destination) {
    std::vector<Slice> slices;
    for (const fs::path& path : paths) slices.push_back(open_slice(path));
    std::stable_sort(slices.begin(), slices.end(),
                     [](const Slice& a, const Slice& b) { return a.alignment < b.alignment; });
    Header header;
    header.u32(fat_magic);
    header.u32(slices.size());
    std::uint64_t end = 8 + slices.size() * entry_size;
    for (Slice& slice : slices) {
        const std::uint64_t mask = (std::uint64_t{1} << slice.alignment) - 1;
        slice.offset = (end + mask) & ~mask;
        const Bytes content = slice.file->bytes();
        end = slice.offset + content.size();
        if (end > 0xFFFFFFFFU) throw base::Error{"the universal program would be over 4 GiB"};
        if (&slice != slices.data() && (&slice)[-1].machine == slice.machine)
            throw base::Error{"two slices of a universal program are for one machine"};
        header.u32(slice.machine);
        // The subtype stands at 8 of the slice, little-endian.
        header.u32(ByteReader{content, std::endian::little, "a slice"}.from(8, "a slice").u32());
        header.u32(slice.offset);
        header.u32(content.size());
        header.u32(slice.alignment);
    }
    const base::UniqueFd fd{
        ::open(destination.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0777)};
    if (!fd) throw base::system_error("writing " + destination.native(), errno);
    base::write_all(fd.get(), header.bytes(), destination.native());
    std::uint64_t at = header.bytes().size();
    for (const Slice& slice : slices) {
        const std::vector<std::uint8_t> padding(slice.offset - at);
        base::write_all(fd.get(), padding, destination.native());
        base::write_all(fd.get(), slice.file->bytes(), destination.native());
        at = slice.offset + slice.file->bytes().size();
    }
}

}  // namespace gov::cross
