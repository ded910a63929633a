// SPDX-License-Identifier: Apache-2.0
#pragma once
// Uses: which toolchains were used when, and the files that ask for them.

#include "store/places.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::store {

using Time = std::chrono::system_clock::time_point;

// The last use of a toolchain on behalf of one file.
struct Use {
    std::string toolchain;
    std::filesystem::path file;    // that asked for it; empty where none did
    std::filesystem::path record;  // where this is noted
    Time when;
};

// Notes that `toolchain` is being used because `file` asks for it (empty: no file does), unless
// that was noted within the last day: then it costs one system call. A note that cannot be written
// is none: it must never keep anyone from working.
void note_use(const Places& places, std::string_view toolchain,
              const std::filesystem::path& file) noexcept;

// All that was noted, in no order.
std::vector<Use> uses(const Places& places);

}  // namespace gov::store
