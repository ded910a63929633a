// SPDX-License-Identifier: Apache-2.0
#pragma once
// Health: whether the shared cache is worth asking, so that a bad one costs a build one time-out
// at most.

#include "cache/settings.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace gov::cache {

// Shared by all connections of a run. Once reading or writing is given up it stays so; giving up
// reading gives up writing. What made reading be given up is remembered for a minute, for all other
// runs: several go commands of one build, one after the other, pay for it once.
class Health {
public:
    // Throws nothing that a file of gov's own can cause.
    explicit Health(const Settings& settings);
    Health(const Health&) = delete;
    Health& operator=(const Health&) = delete;
    ~Health() = default;

    bool reads() const noexcept { return !reads_end_; }
    bool writes() const noexcept { return !writes_end_; }
    // True where requests under way had better end: for Transfer::cancelled.
    const std::atomic<bool>& end_of_reads() const noexcept { return reads_end_; }
    const std::atomic<bool>& end_of_writes() const noexcept { return writes_end_; }

    // A request that came to nothing.
    struct Failure {
        int status = 0;  // of the answer; 0: none came
        std::string reason;
        std::chrono::milliseconds took{0};
        std::chrono::seconds wish{0};  // of the server, to be left alone so long
    };
    void failed_to_read(const Failure& failure);
    void failed_to_write(const Failure& failure);
    // An answer that was not true.
    void was_wrong();
    void answered() noexcept { failures_ = 0; }
    void hit() noexcept { ++hits_; }
    // Nothing more is written: there is no more time.
    void stop_writing() noexcept { writes_end_ = true; }

    // What to say about it, one line, once; empty where all went well, or another run said it.
    std::string trouble() const;

    // The go command waits for an answer as long as one of these exists. Waiting that is not worth
    // it gives up reading.
    class Waiting {
    public:
        explicit Waiting(Health& health) : health_{health} { health_.begin_waiting(); }
        ~Waiting() { health_.end_waiting(); }
        Waiting(const Waiting&) = delete;
        Waiting& operator=(const Waiting&) = delete;

    private:
        Health& health_;
    };

private:
    using Clock = std::chrono::steady_clock;

    bool is_late(const Failure& failure) const noexcept;
    bool took_all_the_time(const Failure& failure) const noexcept;
    void begin_waiting();
    void end_waiting();
    void end_reads(const std::string& reason, std::chrono::seconds for_others);
    void end_writes(const std::string& reason);

    const Settings settings_;
    std::atomic<bool> reads_end_;
    std::atomic<bool> writes_end_;
    std::atomic<int> failures_ = 0;  // one after the other
    std::atomic<int> wrong_ = 0;
    std::atomic<std::uint64_t> hits_ = 0;
    mutable std::mutex guard_;  // of what follows
    std::string trouble_;
    std::size_t waiting_ = 0;
    Clock::time_point since_;
    Clock::duration waited_{0};
};

}  // namespace gov::cache
