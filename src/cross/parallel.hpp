// SPDX-License-Identifier: Apache-2.0
#pragma once
// for_each_parallel(): independent pieces of work on several threads.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace gov::cross {

// Calls `work` with 0 … count - 1, at most `limit` at a time, and returns when all are done.
// `work` must not throw.
template <class Work>
void for_each_parallel(std::size_t count, std::size_t limit, const Work& work) {
    std::atomic<std::size_t> next{0};
    const auto worker = [&] {
        for (std::size_t index = next++; index < count; index = next++) work(index);
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(count, limit); ++i) threads.emplace_back(worker);
    worker();
}

}  // namespace gov::cross
