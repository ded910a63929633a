// SPDX-License-Identifier: Apache-2.0
#include "download/module_zip.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "base/threads.hpp"
#include "download/inflater.hpp"
#include "download/little_endian.hpp"

#include <algorithm>
#include <array>
#include <atomic>

namespace gov::download {

namespace {

using base::Error;
using base::ExitCode;

constexpr std::size_t local_header_size = 30;
constexpr std::uint32_t descriptor_signature = 0x08074b50;
constexpr unsigned has_descriptor = 8;

[[noreturn]] void refuse(const ZipEntry& entry, std::string_view what) {
    throw Error{base::format("the module zip's member {} {}", base::printable(entry.name), what),
                {},
                ExitCode::verification};
}

// The compressed data of `entry` in `bytes`, which run from its local header to its end. Checks
// that local header, data and descriptor fill exactly that and say what the central directory says.
base::Bytes member_data(const ZipEntry& entry, std::string_view prefix, base::Bytes bytes) {
    if (bytes.size() < local_header_size) refuse(entry, "is cut short");
    const LittleEndian local{bytes};
    const std::size_t name_size = local.u16(26);
    const std::size_t start = local_header_size + name_size + local.u16(28);
    if (local.u32(0) != 0x04034b50 || bytes.size() < start + entry.compressed_size)
        refuse(entry, "overlaps another one or is cut short");
    const std::string_view name{reinterpret_cast<const char*>(bytes.data()) + local_header_size,
                                name_size};
    if (!name.starts_with(prefix) || name.substr(prefix.size()) != entry.name ||
        local.u16(8) != entry.method)
        refuse(entry, "is another one in its own header");
    const auto same_sizes = [&](std::uint32_t crc, std::uint64_t compressed, std::uint64_t size) {
        return crc == entry.crc && compressed == entry.compressed_size && size == entry.size;
    };
    const base::Bytes tail = bytes.subspan(start + entry.compressed_size);
    if ((local.u16(6) & has_descriptor) == 0) {
        if (!tail.empty() || !same_sizes(local.u32(14), local.u32(18), local.u32(22)))
            refuse(entry, "is another one in its own header");
    } else {
        const LittleEndian descriptor{tail};
        if (tail.size() != 16 || descriptor.u32(0) != descriptor_signature ||
            !same_sizes(descriptor.u32(4), descriptor.u32(8), descriptor.u32(12)))
            refuse(entry, "does not agree with its data descriptor");
    }
    return bytes.subspan(start, entry.compressed_size);
}

// One thread's tools for unpacking members.
class MemberUnpacker {
public:
    explicit MemberUnpacker(MemberSink& sink) : sink_{sink} {}

    void unpack(const ZipEntry& entry, base::Bytes data) {
        crc_ = 0;
        size_ = 0;
        sink_.begin(entry.name, entry.size);
        if (entry.method == 0)
            take(entry, data);
        else
            inflate(entry, data);
        if (size_ != entry.size || crc_ != entry.crc) refuse(entry, "is damaged");
        sink_.finish();
    }

private:
    void take(const ZipEntry& entry, base::Bytes data) {
        size_ += data.size();
        if (size_ > entry.size) refuse(entry, "is longer than it says");
        crc_ = crc32(crc_, data);
        sink_.write(data);
    }

    void inflate(const ZipEntry& entry, base::Bytes data) {
        inflater_->reset();
        for (bool finished = false; !finished;) {
            const auto step = inflater_->inflate(data, *buffer_);
            finished = step.finished;
            data = data.subspan(step.consumed);
            take(entry, base::Bytes{*buffer_}.first(step.produced));
            if (!finished && step.consumed == 0 && step.produced == 0) refuse(entry, "is damaged");
        }
        if (!data.empty()) refuse(entry, "has bytes after its end");
    }

    using Buffer = std::array<std::uint8_t, 256 * 1024>;

    MemberSink& sink_;
    std::unique_ptr<Inflater> inflater_ = Inflater::make(Wrapping::raw);
    std::unique_ptr<Buffer> buffer_ = std::make_unique<Buffer>();
    std::uint32_t crc_ = 0;
    std::uint64_t size_ = 0;
};

// Neighbouring entries that are read from the file in one go.
using Batch = std::span<const ZipEntry>;

std::vector<Batch> batches(std::span<const ZipEntry> entries) {
    constexpr std::uint64_t batch_size = std::uint64_t{1} << 20U;
    std::vector<Batch> list;
    for (std::size_t first = 0, next = 0; first < entries.size(); first = next) {
        const std::uint64_t end = entries[first].offset + batch_size;
        next = first + 1;
        while (next < entries.size() && entries[next].end <= end) ++next;
        list.push_back(entries.subspan(first, next - first));
    }
    return list;
}

}  // namespace

void read_module_zip(ArchiveFile& file, std::string_view prefix, std::span<MemberSink* const> sinks,
                     const std::function<void(std::uint64_t)>& on_total) {
    const std::vector<ZipEntry> entries = read_zip_directory(file, prefix);
    std::uint64_t total = 0;
    for (const ZipEntry& entry : entries) total += entry.size;
    on_total(total);
    const std::vector<Batch> work = batches(entries);
    std::atomic<std::size_t> next_sink = 0;
    std::atomic<std::size_t> next = 0;
    base::on_threads(sinks.size(), [&] {
        MemberUnpacker unpacker{*sinks[next_sink++]};
        for (std::size_t i = next++; i < work.size(); i = next++) {
            base::throw_if_interrupted();
            const Batch batch = work[i];
            const std::uint64_t start = batch.front().offset;
            const std::string data = file.read_exactly(start, batch.back().end - start);
            for (const ZipEntry& entry : batch) {
                const base::Bytes bytes =
                    base::as_bytes(data).subspan(entry.offset - start, entry.end - entry.offset);
                unpacker.unpack(entry, member_data(entry, prefix, bytes));
            }
        }
    });
}

}  // namespace gov::download
