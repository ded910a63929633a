// SPDX-License-Identifier: Apache-2.0
#include "download/gzip_stream.hpp"

#include "base/error.hpp"
#include "download/inflater.hpp"

namespace gov::download {

namespace {

constexpr std::size_t block_size = 512 * 1024;
constexpr std::size_t input_size = 256 * 1024;
constexpr std::size_t most_ready = 8;  // blocks ahead of the reader

[[noreturn]] void refuse(const char* what) {
    throw base::Error{what, {}, base::ExitCode::verification};
}

}  // namespace

GzipStream::GzipStream(ArchiveFile& file)
    : file_{file}, thread_{[this](const std::stop_token& stop) { inflate_all(stop); }} {}

GzipStream::~GzipStream() {
    thread_.request_stop();
    changed_.notify_all();
}

bool GzipStream::hand_over(Block& block, const std::stop_token& stop) {
    std::unique_lock lock{guard_};
    if (!changed_.wait(lock, stop, [&] { return ready_.size() < most_ready; })) return false;
    ready_.push_back(std::move(block));
    if (spare_.empty()) {
        block = Block(block_size);
    } else {
        block = std::move(spare_.back());
        spare_.pop_back();
        block.resize(block_size);
    }
    const bool may_be_waited_for = ready_.size() == 1;
    lock.unlock();
    if (may_be_waited_for) changed_.notify_all();
    return true;
}

void GzipStream::inflate_all(const std::stop_token& stop) {
    try {
        const auto inflater = Inflater::make(Wrapping::gzip);
        Block block(block_size);
        std::size_t filled = 0;
        bool finished = false;
        std::vector<std::uint8_t> data(input_size);
        for (;;) {
            base::Bytes input = base::Bytes{data}.first(file_.read(data));
            if (input.empty()) break;
            while (!input.empty()) {
                if (finished) refuse("the archive has bytes after its end");
                const auto step = inflater->inflate(input, std::span{block}.subspan(filled));
                input = input.subspan(step.consumed);
                filled += step.produced;
                finished = step.finished;
                if (filled == block.size()) {
                    if (!hand_over(block, stop)) return;
                    filled = 0;
                } else if (!finished && step.consumed == 0 && step.produced == 0) {
                    break;  // the rest of this input makes sense only with the next
                }
            }
            if (!input.empty()) refuse("the archive is damaged");
        }
        if (!finished) refuse("the archive is cut short");
        block.resize(filled);
        if (filled > 0 && !hand_over(block, stop)) return;
    } catch (...) {
        const std::lock_guard lock{guard_};
        failure_ = std::current_exception();
    }
    const std::lock_guard lock{guard_};
    ended_ = true;
    changed_.notify_all();
}

base::Bytes GzipStream::next() {
    std::unique_lock lock{guard_};
    if (!current_.empty()) spare_.push_back(std::move(current_));
    current_.clear();
    changed_.wait(lock, [&] { return !ready_.empty() || ended_; });
    if (ready_.empty()) {
        if (failure_) std::rethrow_exception(failure_);
        return {};
    }
    current_ = std::move(ready_.front());
    ready_.erase(ready_.begin());
    const bool may_be_waited_for = ready_.size() == most_ready - 1;
    lock.unlock();
    if (may_be_waited_for) changed_.notify_all();
    return current_;
}

}  // namespace gov::download
