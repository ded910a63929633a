// SPDX-License-Identifier: Apache-2.0
#include "download/retry.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "download/http.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace gov::download {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int tries = 3;
constexpr milliseconds first_pause{200};
constexpr seconds longest_wish{30};  // of a server

milliseconds with_jitter(milliseconds pause) {
    std::minstd_rand chance{std::random_device{}()};
    return milliseconds{std::uniform_int_distribution<milliseconds::rep>{
        pause.count() / 2, pause.count() * 3 / 2}(chance)};
}

// Sleeps that long, but not on after an interruption.
void sleep(milliseconds pause) {
    constexpr milliseconds slice{50};
    for (; pause.count() > 0; pause -= slice) {
        base::throw_if_interrupted();
        std::this_thread::sleep_for(std::min(pause, slice));
    }
    base::throw_if_interrupted();
}

}  // namespace

void Retry::pause(const Http& http, const std::string& reason) {
    const std::string& why = reason.empty() ? http.reason() : reason;
    const auto fail = [](const std::string& message) {
        throw base::Error{message, {}, base::ExitCode::unreachable};
    };
    if (++failures_ == tries) fail(why);
    const seconds wish = http.retry_after();
    if (wish > longest_wish)
        fail(base::format("{} and wants to be asked again in {} s", why, wish.count()));
    sleep(std::max(with_jitter(first_pause * (1 << failures_) / 2), milliseconds{wish}));
}

}  // namespace gov::download
