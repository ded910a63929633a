// SPDX-License-Identifier: Apache-2.0
#include "download/member_stream.hpp"

#include "base/error.hpp"
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

constexpr std::size_t longest_name = 4096;
constexpr std::size_t buffer_size =
    MemberReader::largest_piece + longest_name + sizeof(Header) + slot_size;

// The stream with the most free slots, which is the one that is emptied fastest.
SlotSender& freest(std::vector<SlotSender>& streams) {
    return *std::ranges::max_element(streams, {}, &SlotSender::free);
}

// Waits until a slot of any stream is free.
void wait_for_any(std::vector<SlotSender>& streams) {
    std::vector<pollfd> asked;
    for (const SlotSender& stream : streams) asked.push_back({stream.freed(), POLLIN, 0});
    while (::poll(asked.data(), asked.size(), -1) < 0)
        if (errno != EINTR) throw base::system_error("waiting for who writes files", errno);
    for (std::size_t i = 0; i < streams.size(); ++i)
        if (asked[i].revents != 0) streams[i].wait();
}

[[noreturn]] void refuse() {
    throw base::Error{"the process that reads the archive sent something else than members",
                      {},
                      base::ExitCode::verification};
}

}  // namespace

void MemberWriter::take_slot() {
    if (midway_) {
        if (stream_->free() == 0) stream_->wait();
    } else {
        stream_ = &freest(streams_);
        if (stream_->free() == 0) {
            wait_for_any(streams_);
            stream_ = &freest(streams_);
        }
    }
    slot_ = stream_->slot();
}

void MemberWriter::flush() {
    if (filled_ == 0) return;
    stream_->send(filled_);
    slot_ = {};
    filled_ = 0;
}

// Into the slot, which has room for it. GCC 12 makes std::ranges::copy a loop over single bytes.
void MemberWriter::put(base::Bytes bytes) {
    if (!bytes.empty()) std::memcpy(slot_.data(), bytes.data(), bytes.size());
    slot_ = slot_.subspan(bytes.size());
    filled_ += bytes.size();
}

void MemberWriter::frame(std::uint32_t kind, std::string_view name, std::uint64_t number) {
    const Header header{kind, static_cast<std::uint32_t>(name.size()), number};
    if (slot_.size() < sizeof header + name.size()) {
        flush();
        take_slot();
    }
    put({reinterpret_cast<const std::uint8_t*>(&header), sizeof header});
    put(base::as_bytes(name));
}

void MemberWriter::total(std::uint64_t bytes) {
    frame(kind_total, {}, bytes);
}

void MemberWriter::begin(std::string_view name, std::uint64_t size) {
    frame(kind_member, name, size);
}

void MemberWriter::write(base::Bytes data) {
    while (!data.empty()) {
        if (slot_.empty()) {
            midway_ = true;
            flush();
            take_slot();
        }
        const std::size_t size = std::min(data.size(), slot_.size());
        put(data.first(size));
        data = data.subspan(size);
    }
}

void MemberWriter::finish() {
    if (midway_) flush();
    midway_ = false;
}

void MemberWriter::end() {
    flush();
    midway_ = true;  // to stay with the stream
    for (SlotSender& stream : streams_) {
        stream_ = &stream;
        frame(kind_end, {}, 0);
        flush();
    }
}

MemberReader::MemberReader(SlotReceiver stream)
    : stream_{std::move(stream)},
      buffer_{std::make_unique_for_overwrite<std::uint8_t[]>(buffer_size)} {}

// Has at least `wanted` bytes in one piece from start_ on; false where the stream ends before.
bool MemberReader::fill(std::size_t wanted) {
    if (start_ == end_) start_ = end_ = 0;
    if (start_ + wanted + slot_size > buffer_size) {
        std::memmove(buffer_.get(), buffer_.get() + start_, end_ - start_);
        end_ -= start_;
        start_ = 0;
    }
    while (end_ - start_ < wanted) {
        base::throw_if_interrupted();
        const std::size_t got = stream_.read({buffer_.get() + end_, slot_size});
        if (got == 0) return false;
        end_ += got;
    }
    return true;
}

base::Bytes MemberReader::take(std::size_t size) {
    const base::Bytes bytes{buffer_.get() + start_, size};
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
