// SPDX-License-Identifier: Apache-2.0
#pragma once
// Slots: bytes on their way to another process through memory that both have. That spares a copy
// and the pages of a pipe. Only the counts of bytes that are ready, and of slots that are free
// again, go over pipes.

#include "base/crypto.hpp"
#include "base/unique_fd.hpp"

#include <cstdint>
#include <span>

namespace gov::download {

// Large enough to make what is said about slots rare, and small enough for the processor's cache.
inline constexpr std::size_t slot_size = 512 * 1024;

// An anonymous file that holds the slots of so many streams. Throws Error.
base::UniqueFd make_slots(std::size_t streams);

// The slots of stream number `stream` in such a file.
class Slots {
public:
    Slots(int file, std::size_t stream);
    Slots(const Slots&) = delete;
    Slots& operator=(const Slots&) = delete;
    Slots(Slots&& other) noexcept;
    Slots& operator=(Slots&&) = delete;
    ~Slots();

    static constexpr std::size_t count = 4;
    // Slot number `number`, counted round and round.
    std::span<std::uint8_t> at(std::size_t number) const noexcept;

private:
    std::uint8_t* memory_;
};

// The end that fills slots. Throws Error where the other one is gone.
class SlotSender {
public:
    // Says on the pipe `full` what is ready, and is told on the pipe `freed`.
    SlotSender(Slots slots, int full, int freed)
        : slots_{std::move(slots)}, full_{full}, freed_{freed} {}

    // How many slots are known to be free: there may be more.
    std::size_t free() const noexcept { return free_; }
    // Becomes readable when another slot is free.
    int freed() const noexcept { return freed_; }
    // Waits for free slots.
    void wait();
    // The slot to fill, one of the free ones.
    std::span<std::uint8_t> slot() const noexcept { return slots_.at(next_); }
    // The first `size` bytes of slot() are ready. Then the next one is slot().
    void send(std::size_t size);

private:
    Slots slots_;
    int full_;
    int freed_;
    std::size_t next_ = 0;
    std::size_t free_ = Slots::count;
};

// The end that empties slots. The sender may be up to anything, so that what is read is a copy.
class SlotReceiver {
public:
    SlotReceiver(Slots slots, int full, int freed)
        : slots_{std::move(slots)}, full_{full}, freed_{freed} {}

    // Brings what comes next into `buffer` and returns how many bytes; 0 where the sender is gone.
    // Throws Error, ExitCode::verification for what no sender says.
    std::size_t read(std::span<std::uint8_t> buffer);

private:
    bool wait();

    Slots slots_;
    int full_;
    int freed_;
    std::size_t next_ = 0;
    std::size_t start_ = 0;  // of what is left in that slot
    std::size_t end_ = 0;
};

}  // namespace gov::download
