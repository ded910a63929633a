// SPDX-License-Identifier: Apache-2.0
#pragma once
// Members on their way from the process that reads an archive to the one that writes files: a
// stream of frames, each a header of 16 bytes in this machine's byte order and what it announces.

#include "download/member_sink.hpp"
#include "download/slots.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace gov::download {

// The sending end, of one or more streams. Small members go in batches, and each batch to a stream
// that has room for it, so that the receiving ends work side by side. Throws Error where one is
// gone.
class MemberWriter : public MemberSink {
public:
    explicit MemberWriter(std::vector<SlotSender> streams) : streams_{std::move(streams)} {}

    // Says how many bytes all members have together, for who shows progress.
    void total(std::uint64_t bytes);
    void begin(std::string_view name, std::uint64_t size) override;
    void write(base::Bytes data) override;
    void finish() override;
    // Says on every stream that this was all.
    void end();

private:
    void frame(std::uint32_t kind, std::string_view name, std::uint64_t number);
    void put(base::Bytes bytes);
    void take_slot();
    void flush();

    std::vector<SlotSender> streams_;
    SlotSender* stream_ = nullptr;  // that the slot is of
    bool midway_ = false;  // part of a member has been sent there, so the rest must follow it
    std::span<std::uint8_t> slot_;  // what is left of it; empty where none is being filled
    std::size_t filled_ = 0;
};

// The receiving end of one stream. Nothing that comes is trusted.
class MemberReader {
public:
    explicit MemberReader(SlotReceiver stream);

    // Brings the members to `sink`, in one piece unless they are larger than `largest_piece`, and
    // the total to `on_total`, until the sender says that this was all. False where the stream
    // ended without that: the sender is gone. Throws Error (ExitCode::verification) for what is no
    // such stream. What the two throw passes.
    bool read_all(MemberSink& sink, const std::function<void(std::uint64_t)>& on_total);

    static constexpr std::size_t largest_piece = std::size_t{4} << 20U;

private:
    bool fill(std::size_t wanted);
    bool pass_member(std::size_t name_size, std::uint64_t size, MemberSink& sink);
    base::Bytes take(std::size_t size);

    SlotReceiver stream_;
    std::unique_ptr<std::uint8_t[]> buffer_;
    std::size_t start_ = 0;  // of what has come and is not used up
    std::size_t end_ = 0;
};

}  // namespace gov::download
