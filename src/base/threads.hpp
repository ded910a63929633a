// SPDX-License-Identifier: Apache-2.0
#pragma once
// Work on several threads, with the first failure brought home.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace gov::base {

inline std::size_t cores() {
    return std::max(1U, std::thread::hardware_concurrency());
}

// Runs `work()` on `count` threads, this one among them, and waits for all of them. Rethrows the
// first exception that left one. `work` shares out what is to be done itself.
template <class Work>
void on_threads(std::size_t count, const Work& work) {
    std::mutex guard;
    std::exception_ptr failure;
    const auto guarded = [&] {
        try {
            work();
        } catch (...) {
            const std::lock_guard lock{guard};
            if (!failure) failure = std::current_exception();
        }
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < count; ++i) threads.emplace_back(guarded);
    guarded();
    threads.clear();  // joins
    if (failure) std::rethrow_exception(failure);
}

// Calls `work` with 0 … count - 1, at most `limit` at a time, and returns when all are done.
// Rethrows the first exception that left one; what other threads have begun by then is finished.
template <class Work>
void for_each_parallel(std::size_t count, std::size_t limit, const Work& work) {
    std::atomic<std::size_t> next{0};
    on_threads(std::min(count, limit), [&] {
        for (std::size_t index = next++; index < count; index = next++) work(index);
    });
}

}  // namespace gov::base
