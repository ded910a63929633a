// SPDX-License-Identifier: Apache-2.0
#pragma once
// Crew: several connections to the shared cache, each on a thread of its own, that take jobs in
// turn.

#include "cache/remote.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gov::cache {

class Crew {
public:
    using Job = std::move_only_function<void(Remote&)>;

    // At most `most` connections, each made when there is a job and nobody is idle. Nothing that a
    // job throws gets further than its thread.
    Crew(std::size_t most, const Settings& settings, Health& health, Statistics& statistics);
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    // Waits for the jobs that have begun; the others are not done.
    ~Crew();

    void add(Job job);

    // Waits until all jobs are done, or `deadline`; how many are not.
    std::size_t wait_until(std::chrono::steady_clock::time_point deadline);
    void wait();

private:
    void work();

    const std::size_t most_;
    const Settings& settings_;
    Health& health_;
    Statistics& statistics_;
    std::mutex guard_;  // of what follows
    std::condition_variable came_;
    std::condition_variable done_;
    std::deque<Job> jobs_;
    std::size_t idle_ = 0;
    std::size_t open_ = 0;  // jobs that are not done
    bool is_over_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace gov::cache
