// SPDX-License-Identifier: Apache-2.0
#include "cache/crew.hpp"

#include "base/error.hpp"

#include <utility>

namespace gov::cache {

Crew::Crew(std::size_t most, const Settings& settings, Health& health, Statistics& statistics)
    : most_{most}, settings_{settings}, health_{health}, statistics_{statistics} {}

Crew::~Crew() {
    {
        const std::lock_guard lock{guard_};
        is_over_ = true;
        jobs_.clear();
    }
    came_.notify_all();
    threads_.clear();  // joins
}

void Crew::add(Job job) {
    const std::lock_guard lock{guard_};
    jobs_.push_back(std::move(job));
    ++open_;
    if (jobs_.size() > idle_ && threads_.size() < most_) threads_.emplace_back([this] { work(); });
    came_.notify_one();
}

std::size_t Crew::wait_until(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock{guard_};
    done_.wait_until(lock, deadline, [&] { return open_ == 0; });
    return open_;
}

void Crew::wait() {
    std::unique_lock lock{guard_};
    done_.wait(lock, [&] { return open_ == 0; });
}

void Crew::work() {
    Remote remote{settings_, health_, statistics_};
    std::unique_lock lock{guard_};
    while (true) {
        ++idle_;
        came_.wait(lock, [&] { return is_over_ || !jobs_.empty(); });
        --idle_;
        if (is_over_) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        try {
            job(remote);
        } catch (const std::exception&) {
            // What it was to bring is not there, as with any other miss.
        }
        job = nullptr;
        lock.lock();
        if (--open_ == 0) done_.notify_all();
    }
}

}  // namespace gov::cache
