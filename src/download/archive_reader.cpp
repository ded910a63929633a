// SPDX-License-Identifier: Apache-2.0
#include "download/archive_reader.hpp"

#include "download/member_stream.hpp"
#include "download/module_zip.hpp"
#include "download/tarball.hpp"

#include <deque>
#include <vector>

#include <unistd.h>

namespace gov::download {

namespace {

SlotSender sender(int stream) {
    return {{slots_fd, static_cast<std::size_t>(stream)}, full_fd(stream), freed_fd(stream)};
}

void read_zip(ArchiveFile& file, std::string_view prefix, int streams) {
    std::deque<MemberWriter> writers;  // whose addresses stay
    std::vector<MemberSink*> sinks;
    for (int i = 0; i < streams; ++i) {
        std::vector<SlotSender> own;
        own.push_back(sender(i));
        sinks.push_back(&writers.emplace_back(std::move(own)));
    }
    read_module_zip(file, prefix, sinks,
                    [&](std::uint64_t total) { writers.front().total(total); });
    for (MemberWriter& writer : writers) writer.end();
}

}  // namespace

void read_archive(ArchiveKind kind, std::string_view prefix, int streams) {
    ArchiveFile file{STDIN_FILENO, arrivals_fd};
    if (kind == ArchiveKind::module_zip) return read_zip(file, prefix, streams);
    std::vector<SlotSender> senders;
    for (int i = 0; i < streams; ++i) senders.push_back(sender(i));
    MemberWriter writer{std::move(senders)};
    read_tarball(file, writer, kind == ArchiveKind::full_tarball);
    writer.end();
}

}  // namespace gov::download
