// SPDX-License-Identifier: Apache-2.0
#pragma once
// Progress: one line on the terminal for each thing that is under way, redrawn in place.

#include "base/output.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gov::commands {

// Draws nothing where there is no terminal to draw on. May be told of changes from any thread.
class Progress {
public:
    // A line for each of `names`.
    Progress(base::Output& output, const std::vector<std::string>& names);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    void set_text(std::size_t line, std::string text);
    void set_bytes(std::size_t line, std::uint64_t done, std::uint64_t total);
    void set_share(std::size_t line, std::string_view what, double share);

private:
    using Clock = std::chrono::steady_clock;

    struct Line {
        std::string name;
        std::string text;
        Clock::time_point start = Clock::now();
    };

    void draw();
    void erase();

    base::Output& output_;
    std::mutex guard_;
    std::vector<Line> lines_;
    bool drawn_ = false;
    std::jthread painter_;  // last: it uses all of the above
};

}  // namespace gov::commands
