// SPDX-License-Identifier: Apache-2.0
#include "download/range_workers.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/threads.hpp"
#include "download/http.hpp"
#include "download/retry.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <mutex>

namespace gov::download {

namespace {

constexpr std::size_t connections = 4;
constexpr std::uint64_t smallest_piece = std::uint64_t{256} << 10U;
constexpr std::uint64_t largest_piece = std::uint64_t{4} << 20U;
constexpr std::uint64_t pieces = 16;  // enough for all connections to end at about the same time
// More than comes in the time for which a server that crawls is waited for.
constexpr std::uint64_t some_progress = std::uint64_t{64} << 10U;

class RangeFetch {
public:
    RangeFetch(const RangedFile& file, Assembly& assembly, const std::function<void()>& piece_came)
        : file_{file},
          assembly_{assembly},
          piece_came_{piece_came},
          next_{assembly.contiguous()},
          piece_{std::clamp((file.end - next_) / pieces, smallest_piece, largest_piece)} {}

    // Brings pieces until none is left, or the server does not serve this connection.
    void work(const Access& access);

    bool is_same() const { return !has_changed_; }

private:
    void fetch(Http& http, std::uint64_t begin, std::uint64_t end);

    const RangedFile& file_;
    Assembly& assembly_;
    const std::function<void()>& piece_came_;
    std::atomic<std::uint64_t> next_;
    std::uint64_t piece_;
    std::atomic<bool> has_changed_ = false;
    std::atomic<bool> is_over_ = false;  // for all: one found that it makes no sense to go on
    std::mutex telling_;
};

void RangeFetch::fetch(Http& http, std::uint64_t begin, std::uint64_t end) {
    for (Retry retry; begin < end; retry.pause(http)) {
        Transfer transfer;
        transfer.limit = end - begin;
        transfer.cancelled = &is_over_;
        transfer.begin = [&, begin] {
            // 200: If-Range did not hold. A part that was not asked for is as good as a change.
            if (wrong_part(transfer, begin, end - 1, file_.total).empty()) return true;
            has_changed_ = is_over_ = true;
            return false;
        };
        transfer.sink = [&](base::Bytes data) {
            assembly_.write(begin, data);
            begin += data.size();
            return true;
        };
        const Request request{.url = file_.url,
                              .range = base::format("{}-{}", begin, end - 1),
                              .if_range = file_.etag};
        const std::uint64_t before = begin;
        if (const Outcome outcome = http.perform(request, transfer);
            outcome == Outcome::stopped || outcome == Outcome::absent)
            throw base::Error{"given up", {}, base::ExitCode::unreachable};
        if (begin >= before + some_progress) retry.made_progress();
        if (begin == end) return;
    }
}

void RangeFetch::work(const Access& access) {
    try {
        Http http{access};
        while (!is_over_) {
            const std::uint64_t begin = next_.fetch_add(piece_);
            if (begin >= file_.end) return;
            fetch(http, begin, std::min(begin + piece_, file_.end));
            const std::lock_guard lock{telling_};
            piece_came_();
        }
    } catch (const base::Error& error) {
        if (base::exit_code_of(error) == base::ExitCode::unreachable) return;
        is_over_ = true;
        throw;
    }
}

}  // namespace

bool fetch_ranges(const Access& access, const RangedFile& file, Assembly& assembly,
                  const std::function<void()>& piece_came) {
    RangeFetch fetch{file, assembly, piece_came};
    base::on_threads(connections, [&] { fetch.work(access); });
    return fetch.is_same();
}

std::uint64_t total_of(const Transfer& answer) {
    const auto slash = answer.content_range.rfind('/');
    std::uint64_t total = 0;
    if (slash == std::string::npos) return 0;
    const char* const end = answer.content_range.data() + answer.content_range.size();
    const auto parsed = std::from_chars(answer.content_range.data() + slash + 1, end, total);
    return parsed.ec == std::errc{} && parsed.ptr == end ? total : 0;
}

std::string wrong_part(const Transfer& answer, std::uint64_t first, std::uint64_t last,
                       std::uint64_t total) {
    if (answer.status != 206)
        return base::format("the server answered with status {} where a part was asked for",
                            answer.status);
    const std::string expected = base::format("bytes {}-{}/{}", first, last, total);
    if (answer.content_range == expected) return {};
    return base::format("the server sent \"{}\" where {} was asked for",
                        base::printable(answer.content_range.substr(0, 80)), expected);
}

}  // namespace gov::download
