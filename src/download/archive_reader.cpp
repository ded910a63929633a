// SPDX-License-Identifier: Apache-2.0
#include "download/archive_reader.hpp"

#include "download/member_stream.hpp"
#include "download/module_zip.hpp"
#include "download/tarball.hpp"

#include <deque>
#include <numeric>
#include <vector>

#include <unistd.h>

namespace gov::download {

namespace {

void read_zip(std::string_view prefix, const std::vector<int>& pipes) {
    std::deque<MemberWriter> writers;  // whose addresses stay
    std::vector<MemberSink*> sinks;
    for (const int pipe : pipes) sinks.push_back(&writers.emplace_back(std::vector{pipe}));
    read_module_zip(STDIN_FILENO, prefix, sinks,
                    [&](std::uint64_t total) { writers.front().total(total); });
    for (MemberWriter& writer : writers) writer.end();
}

}  // namespace

void read_archive(ArchiveKind kind, std::string_view prefix, int count) {
    std::vector<int> pipes(static_cast<std::size_t>(count));
    std::iota(pipes.begin(), pipes.end(), first_member_pipe);
    if (kind == ArchiveKind::module_zip) return read_zip(prefix, pipes);
    MemberWriter writer{std::move(pipes)};
    read_tarball(STDIN_FILENO, writer, kind == ArchiveKind::full_tarball);
    writer.end();
}

}  // namespace gov::download
