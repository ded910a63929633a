// SPDX-License-Identifier: Apache-2.0
#include "download/download.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "download/assembly.hpp"
#include "download/http.hpp"
#include "download/range_workers.hpp"
#include "download/retry.hpp"
#include "download/url.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace gov::download {

using base::Error;
using base::ExitCode;

namespace {

using Clock = std::chrono::steady_clock;

// After this long a connection shows what it can do, and a note of the download is worth writing.
constexpr std::chrono::seconds settled{1};
// What one connection would need longer for is shared among several.
constexpr double worth_sharing = 3;  // seconds

class Download {
public:
    Download(const Access& access, const std::string& url, Length length, PartialFile& file,
             Arrivals& arrivals)
        : access_{access},
          http_{access},
          url_{url},
          length_{length},
          file_{file},
          assembly_{file.fd(), arrivals} {}

    std::optional<Downloaded> run();

private:
    void start();
    void start_over();
    Outcome attempt();
    bool accept(Transfer& transfer);
    bool take(base::Bytes data);
    bool put_down();
    bool is_worth_sharing(double seconds) const;
    Outcome judge(Outcome outcome, const Transfer& transfer);
    void share();
    void leave_note(bool as_long_as_the_file);

    const Access& access_;
    Http http_;
    const std::string& url_;
    Length length_;
    PartialFile& file_;
    Assembly assembly_;

    std::string etag_;         // of the file under way
    std::uint64_t total_ = 0;  // its size; 0 where it is not known
    bool is_resumed_ = false;
    bool takes_ranges_ = false;
    bool may_share_ = true;
    std::uint64_t offset_ = 0;            // where the answer under way goes to next
    std::vector<std::uint8_t> gathered_;  // of it, not in the file yet
    Clock::time_point put_down_;          // when something last was
    std::uint64_t began_at_ = 0;
    Clock::time_point began_;
    bool has_note_ = false;
    std::string mismatch_;  // what was wrong with a continuation
};

// Goes on with what an earlier run left, or begins.
void Download::start() {
    const auto kept = file_.kept(shown_url(url_));
    if (!kept || kept->size > length_.most) return start_over();
    etag_ = kept->etag;
    total_ = kept->size;
    is_resumed_ = true;
    file_.set_resumed();
    // Even of a whole file the last byte is asked for again: is it still the same file there?
    assembly_.set_total(total_);
    assembly_.take_over(std::min(*kept->bytes, total_ - 1));
}

void Download::start_over() {
    assembly_.restart();
    etag_.clear();
    total_ = offset_ = 0;
    is_resumed_ = has_note_ = false;
    file_.drop();
}

// The answer may be what is missing, the whole file again because it has changed, or a part that
// was not asked for.
bool Download::accept(Transfer& transfer) {
    if (offset_ > 0 && transfer.status == 206) {
        if (total_ == 0) total_ = total_of(transfer);
        mismatch_ = wrong_part(transfer, offset_, total_ - 1, total_);
        takes_ranges_ = mismatch_.empty();
        return mismatch_.empty();
    }
    if (offset_ > 0) start_over();
    transfer.limit = length_.most;
    etag_ = transfer.etag;
    total_ = transfer.length.value_or(0);
    takes_ranges_ = transfer.takes_ranges;
    if (total_ <= length_.most) assembly_.set_total(total_);
    return true;
}

bool Download::is_worth_sharing(double seconds) const {
    if (!may_share_ || !takes_ranges_ || etag_.empty() || total_ <= offset_) return false;
    const auto speed = static_cast<double>(offset_ - began_at_) / seconds;
    return static_cast<double>(total_ - offset_) > speed * worth_sharing;
}

// libcurl brings 16 KiB at a time; everything behind this costs less in larger pieces.
bool Download::take(base::Bytes data) {
    constexpr std::size_t enough = 256 * 1024;
    constexpr std::chrono::milliseconds longest{100};
    gathered_.insert(gathered_.end(), data.begin(), data.end());
    if (gathered_.size() < enough && Clock::now() - put_down_ < longest) return true;
    return put_down();
}

// Whether this connection is the one to bring the rest.
bool Download::put_down() {
    if (gathered_.empty()) return true;
    assembly_.write(offset_, gathered_);
    offset_ += gathered_.size();
    gathered_.clear();
    put_down_ = Clock::now();
    const auto elapsed = put_down_ - began_;
    if (elapsed < settled) return true;
    if (!has_note_) leave_note(true);
    return !is_worth_sharing(std::chrono::duration<double>{elapsed}.count());
}

Outcome Download::attempt() {
    offset_ = assembly_.contiguous();
    gathered_.clear();
    if (offset_ > 0 && etag_.empty()) start_over();
    began_ = Clock::now();
    began_at_ = offset_;
    mismatch_.clear();
    Request request{.url = url_};
    if (offset_ > 0) {
        request.range = base::format("{}-", offset_);
        request.if_range = etag_;
    }
    Transfer transfer;
    transfer.limit = length_.most - offset_;
    transfer.too_long = ExitCode::verification;
    transfer.begin = [&] {
        const bool accepted = accept(transfer);
        began_ = Clock::now();  // what there was to clear away is no fault of the connection's
        return accepted;
    };
    transfer.sink = [&](base::Bytes data) { return take(data); };
    const Outcome outcome = http_.perform(request, transfer);
    put_down();
    return judge(outcome, transfer);
}

Outcome Download::judge(Outcome outcome, const Transfer& transfer) {
    const bool is_refused = !mismatch_.empty() || (offset_ > 0 && http_.status() == 416);
    if (is_refused) {
        start_over();
        return Outcome::passing;
    }
    const bool is_cut_short = outcome == Outcome::done && !transfer.length &&
                              !transfer.is_chunked && transfer.status != 0 &&
                              offset_ < length_.expected;
    return is_cut_short ? Outcome::passing : outcome;
}

void Download::leave_note(bool as_long_as_the_file) {
    const std::uint64_t there = assembly_.contiguous();
    if (etag_.empty() || total_ == 0 || there == 0) return;
    has_note_ = true;
    PartialFile::Note note{shown_url(url_), etag_, total_};
    if (!as_long_as_the_file) note.bytes = there;
    file_.keep(note);
}

void Download::share() {
    may_share_ = false;
    leave_note(false);  // from here on the file is longer than its beginning
    const bool is_same =
        fetch_ranges(access_, {url_, etag_, total_}, assembly_, [&] { leave_note(false); });
    if (!is_same) return start_over();
    assembly_.close_gaps();
    leave_note(true);
}

std::optional<Downloaded> Download::run() {
    constexpr std::uint64_t some_progress = 1024 * 1024;
    try {
        start();
        for (Retry retry;;) {
            const std::uint64_t before = assembly_.contiguous();
            const Outcome outcome = attempt();
            if (outcome == Outcome::absent) return std::nullopt;
            if (outcome == Outcome::stopped) share();
            const std::uint64_t now = assembly_.contiguous();
            if (outcome == Outcome::done || (total_ > 0 && now == total_)) break;
            if (now >= before + some_progress) retry.made_progress();
            if (outcome == Outcome::passing) retry.pause(http_, mismatch_);
        }
    } catch (const Error& error) {
        const ExitCode code = base::exit_code_of(error);
        if (code == ExitCode::unreachable || code == ExitCode::interrupted)
            leave_note(false);
        else
            file_.drop();
        throw;
    }
    file_.drop();
    return Downloaded{assembly_.contiguous(), assembly_.finish_sha256(), is_resumed_};
}

}  // namespace

std::optional<Downloaded> download(const Access& access, const std::string& url, Length length,
                                   PartialFile& file, Arrivals& arrivals) {
    return base::while_doing(base::format("asking {}", shown_url(url)),
                             [&] { return Download{access, url, length, file, arrivals}.run(); });
}

}  // namespace gov::download
