// SPDX-License-Identifier: Apache-2.0
#include "download/member_stream.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/interrupt.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <poll.h>

namespace gov::download {

namespace {

struct Header {
    std::uint32_t kind;
    std::uint32_t name_size;
    std::uint64_t number;  // the member's size, or the total
};
static_assert(sizeof(Header) == 16);

constexpr std::uint32_t kind_member = 0x6d656d62;
constexpr std::uint32_t kind_total = 0x746f7461;
constexpr std::uint32_t kind_end = 0x656e6421;

constexpr std::size_t batch_size = 256 * 1024;
constexpr std::size_t longest_name = 4096;
constexpr std::size_t most_in_a_read = 256 * 1024;  // what stays in the processor's cache

// A pipe that takes something now; any of them where the system will not say.
int ready_one(const std::vector<int>& pipes) {
    if (pipes.size() == 1) return pipes.front();
    std::vector<pollfd> asked;
    for (const int pipe : pipes) asked.push_back({pipe, POLLOUT, 0});
    while (::poll(asked.data(), asked.size(), -1) < 0)
        if (errno != EINTR) return pipes.front();
    const auto ready = std::ranges::find_if(asked, [](const pollfd& p) { return p.revents != 0; });
    return ready == asked.end() ? pipes.front() : ready->fd;
}

[[noreturn]] void refuse() {
    throw base::Error{"the process that reads the archive sent something else than members",
                      {},
                      base::ExitCode::verification};
}

}  // namespace

MemberWriter::MemberWriter(std::vector<int> pipes) : pipes_{std::move(pipes)}, pipe_{pipes_[0]} {
    buffer_.reserve(batch_size);
}

void MemberWriter::flush() {
    if (buffer_.empty()) return;
    if (!midway_) pipe_ = ready_one(pipes_);
    base::write_all(pipe_, buffer_, "to the process that writes files");
    buffer_.clear();
}

void MemberWriter::frame(std::uint32_t kind, std::string_view name, std::uint64_t number) {
    if (buffer_.size() + sizeof(Header) + name.size() > batch_size) flush();
    const Header header{kind, static_cast<std::uint32_t>(name.size()), number};
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&header);
    buffer_.insert(buffer_.end(), bytes, bytes + sizeof header);
    buffer_.insert(buffer_.end(), name.begin(), name.end());
}

void MemberWriter::total(std::uint64_t bytes) {
    frame(kind_total, {}, bytes);
}

void MemberWriter::begin(std::string_view name, std::uint64_t size) {
    frame(kind_member, name, size);
}

void MemberWriter::write(base::Bytes data) {
    while (!data.empty()) {
        const base::Bytes part = data.first(std::min(data.size(), batch_size - buffer_.size()));
        buffer_.insert(buffer_.end(), part.begin(), part.end());
        data = data.subspan(part.size());
        if (buffer_.size() < batch_size) continue;
        flush();
        midway_ = true;
    }
}

void MemberWriter::finish() {
    if (midway_) flush();
    midway_ = false;
}

void MemberWriter::end() {
    flush();
    for (const int pipe : pipes_) {
        frame(kind_end, {}, 0);
        base::write_all(pipe, buffer_, "to the process that writes files");
        buffer_.clear();
    }
}

MemberReader::MemberReader(int pipe)
    : pipe_{pipe}, buffer_(largest_piece + longest_name + sizeof(Header) + most_in_a_read) {}

// Has at least `wanted` bytes in one piece from start_ on; false where the stream ends before.
bool MemberReader::fill(std::size_t wanted) {
    if (start_ == end_) start_ = end_ = 0;
    if (start_ + wanted + most_in_a_read > buffer_.size()) {
        std::memmove(buffer_.data(), buffer_.data() + start_, end_ - start_);
        end_ -= start_;
        start_ = 0;
    }
    while (end_ - start_ < wanted) {
        base::throw_if_interrupted();
        const ssize_t got = ::read(pipe_, buffer_.data() + end_, most_in_a_read);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw base::system_error("reading members", errno);
        if (got == 0) return false;
        end_ += static_cast<std::size_t>(got);
    }
    return true;
}

base::Bytes MemberReader::take(std::size_t size) {
    const base::Bytes bytes = base::Bytes{buffer_}.subspan(start_, size);
    start_ += size;
    return bytes;
}

bool MemberReader::pass_member(std::size_t name_size, std::uint64_t size, MemberSink& sink) {
    if (!fill(name_size)) return false;
    const base::Bytes name = take(name_size);
    sink.begin({reinterpret_cast<const char*>(name.data()), name.size()}, size);
    if (size <= largest_piece) {
        if (!fill(size)) return false;
        sink.write(take(size));
    }
    for (std::uint64_t left = size > largest_piece ? size : 0; left > 0;) {
        if (!fill(1)) return false;
        const base::Bytes piece = take(std::min<std::uint64_t>(left, end_ - start_));
        sink.write(piece);
        left -= piece.size();
    }
    sink.finish();
    return true;
}

bool MemberReader::read_all(MemberSink& sink, const std::function<void(std::uint64_t)>& on_total) {
    while (fill(sizeof(Header))) {
        Header header;
        std::memcpy(&header, take(sizeof header).data(), sizeof header);
        if (header.name_size > longest_name) refuse();
        switch (header.kind) {
            case kind_total:
                on_total(header.number);
                break;
            case kind_end:
                return true;
            case kind_member:
                if (!pass_member(header.name_size, header.number, sink)) return false;
                break;
            default:
                refuse();
        }
    }
    return false;
}

}  // namespace gov::download
