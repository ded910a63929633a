// SPDX-License-Identifier: Apache-2.0
#include "cross/build_slots.hpp"

#include "base/file.hpp"

#include <algorithm>
#include <charconv>
#include <thread>

namespace gov::cross {

namespace {

// What the linker of Go takes for a program of 50 MB, or the compilers that run at once with as
// much garbage as toolchain::collector_settings() let stand: 330 MB each.
constexpr std::size_t kib_for_one = 1280UL * 1024UL;

// "MemAvailable:   12345 kB" of proc_meminfo(5); 0 where it is not told.
std::size_t available_kib() {
    const auto text = base::read_file("/proc/meminfo", 1U << 16U);
    if (!text) return 0;
    const auto at = text->find("MemAvailable:");
    if (at == std::string::npos) return 0;
    const auto digit = text->find_first_of("0123456789", at);
    if (digit == std::string::npos) return 0;
    std::size_t kib = 0;
    std::from_chars(text->data() + digit, text->data() + text->size(), kib);
    return kib;
}

}  // namespace

std::size_t build_slots() {
    // Three at least: the default targets. A go build spends much of its time on one core.
    const std::size_t by_cores = std::max(3U, std::thread::hardware_concurrency());
    const std::size_t kib = available_kib();
    if (kib == 0) return by_cores;
    return std::clamp<std::size_t>(kib / kib_for_one, 1, by_cores);
}

}  // namespace gov::cross
