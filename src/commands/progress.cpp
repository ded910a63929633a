// SPDX-License-Identifier: Apache-2.0
#include "commands/progress.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <condition_variable>

namespace gov::commands {

namespace {

constexpr double megabyte = 1e6;
constexpr std::chrono::milliseconds frame{100};

}  // namespace

Progress::Progress(base::Output& output, const std::vector<std::string>& names) : output_{output} {
    if (!output.shows_progress()) return;
    const std::size_t width = std::ranges::max(names, {}, &std::string::size).size();
    for (const std::string& name : names)
        lines_.push_back({.name = base::format("{:<{}}", name, width), .text = "starting"});
    painter_ = std::jthread{[this](const std::stop_token& stop) {
        std::condition_variable_any tick;
        std::mutex own;
        std::unique_lock lock{own};
        while (!stop.stop_requested()) {
            tick.wait_for(lock, stop, frame, [] { return false; });
            draw();
        }
    }};
}

Progress::~Progress() {
    if (lines_.empty()) return;
    painter_.request_stop();
    painter_.join();
    erase();
}

void Progress::set_text(std::size_t line, std::string text) {
    if (lines_.empty()) return;
    const std::lock_guard lock{guard_};
    lines_[line].text = std::move(text);
}

void Progress::set_bytes(std::size_t line, std::uint64_t done, std::uint64_t total) {
    if (lines_.empty() || done == 0) return;
    const std::chrono::duration<double> elapsed = Clock::now() - lines_[line].start;
    const double rate = static_cast<double>(done) / std::max(elapsed.count(), 0.001);
    std::string text = base::format("downloading {:.1f}", static_cast<double>(done) / megabyte);
    if (total > 0) text += base::format("/{:.1f}", static_cast<double>(total) / megabyte);
    text += base::format(" MB  {:.1f} MB/s", rate / megabyte);
    if (total > done) {
        constexpr double longest = 99 * 3600;  // whatever a server claims
        const double seconds = std::min(static_cast<double>(total - done) / rate, longest);
        const int left = static_cast<int>(seconds) + 1;
        text += base::format("  {}:{:02d} left", left / 60, left % 60);
    }
    set_text(line, std::move(text));
}

void Progress::set_share(std::size_t line, std::string_view what, double share) {
    if (lines_.empty()) return;
    set_text(line, base::format("{} {} %", what, static_cast<int>(share * 100)));
}

void Progress::draw() {
    const std::lock_guard lock{guard_};
    std::string frame_text;
    if (drawn_) frame_text += base::format("\x1b[{}A", lines_.size());
    for (const Line& line : lines_)
        frame_text += base::format("\r\x1b[K{}  {}\n", line.name, line.text);
    output_.raw_note(frame_text);
    drawn_ = true;
}

void Progress::erase() {
    if (drawn_) output_.raw_note(base::format("\x1b[{}A\x1b[J", lines_.size()));
}

}  // namespace gov::commands
