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
#include <optional>
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
          arrivals_{arrivals},
          assembly_{file.fd(), arrivals} {}

    std::optional<Downloaded> run();

private:
    void start();
    void start_over();
    bool wants_end() const;
    Request next_request() const;
    std::optional<Outcome> attempt();
    Outcome perform(const Request& request, Transfer& transfer, bool for_end);
    bool accept(Transfer& transfer);
    bool accept_end(Transfer& transfer);
    bool take(base::Bytes data);
    bool put_down();
    bool is_worth_sharing(double seconds) const;
    std::optional<Outcome> judge(Outcome outcome, const Transfer& transfer);
    std::optional<Outcome> judge_end(Outcome outcome);
    void share();
    void leave_note(bool as_long_as_the_file);

    const Access& access_;
    Http http_;
    const std::string& url_;
    Length length_;
    PartialFile& file_;
    Arrivals& arrivals_;
    Assembly assembly_;

    std::string etag_;         // of the file under way
    std::uint64_t total_ = 0;  // its size; 0 where it is not known
    std::uint64_t end_ = 0;    // where its end begins that is there already; 0: none is
    bool is_resumed_ = false;
    bool takes_ranges_ = false;
    bool may_share_ = true;
    bool may_ask_for_end_ = true;
    std::uint64_t offset_ = 0;            // where the answer under way goes to next
    std::vector<std::uint8_t> gathered_;  // of it, not in the file yet
    Clock::time_point put_down_;          // when something last was
    std::uint64_t began_at_ = 0;
    Clock::time_point began_;
    bool has_note_ = false;
    Clock::time_point noted_;
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
    assembly_.take_over(std::min(kept->bytes.value_or(0), total_ - 1));
}

void Download::start_over() {
    assembly_.restart();
    etag_.clear();
    total_ = offset_ = end_ = 0;
    is_resumed_ = has_note_ = false;
    file_.drop();
}

// The answer may be what is missing, the whole file again because it has changed, or a part that
// was not asked for.
bool Download::accept(Transfer& transfer) {
    const bool is_part = offset_ > 0 || end_ > 0;
    if (is_part && transfer.status == 206) {
        if (total_ == 0) total_ = total_of(transfer);
        mismatch_ = wrong_part(transfer, offset_, (end_ > 0 ? end_ : total_) - 1, total_);
        takes_ranges_ = mismatch_.empty();
        return mismatch_.empty();
    }
    if (is_part) start_over();
    transfer.limit = length_.most;
    etag_ = transfer.etag;
    total_ = transfer.length.value_or(0);
    takes_ranges_ = transfer.takes_ranges;
    if (total_ <= length_.most) assembly_.set_total(total_);
    return true;
}

bool Download::accept_end(Transfer& transfer) {
    total_ = total_of(transfer);
    etag_ = transfer.etag;
    if (etag_.empty() || total_ == 0 || total_ > length_.most) return false;
    offset_ = began_at_ = total_ - std::min(total_, length_.end);
    assembly_.set_total(total_);
    return wrong_part(transfer, offset_, total_ - 1, total_).empty();
}

bool Download::is_worth_sharing(double seconds) const {
    const std::uint64_t end = end_ > 0 ? end_ : total_;
    if (!may_share_ || !takes_ranges_ || etag_.empty() || end <= offset_) return false;
    const auto speed = static_cast<double>(offset_ - began_at_) / seconds;
    return static_cast<double>(end - offset_) > speed * worth_sharing;
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
    const bool is_outdated = end_ > 0 && put_down_ - noted_ >= settled;
    if (!has_note_ || is_outdated) leave_note(true);
    return !is_worth_sharing(std::chrono::duration<double>{elapsed}.count());
}

bool Download::wants_end() const {
    return length_.end > 0 && may_ask_for_end_ && offset_ == 0 && url_.starts_with("http");
}

Request Download::next_request() const {
    if (wants_end()) return {.url = url_, .range = base::format("-{}", length_.end)};
    if (offset_ == 0 && end_ == 0) return {.url = url_};
    const std::string last = end_ > 0 ? base::format("{}", end_ - 1) : "";
    return {.url = url_, .range = base::format("{}-{}", offset_, last), .if_range = etag_};
}

// How it went; nullopt where the next attempt is due at once.
std::optional<Outcome> Download::attempt() {
    offset_ = assembly_.contiguous();
    gathered_.clear();
    if (offset_ > 0 && etag_.empty()) start_over();
    began_ = Clock::now();
    began_at_ = offset_;
    mismatch_.clear();
    const Request request = next_request();
    const bool for_end = wants_end();
    may_ask_for_end_ = false;
    Transfer transfer;
    transfer.limit = length_.most - offset_;
    transfer.too_long = ExitCode::verification;
    transfer.begin = [&] {
        const bool for_part = for_end && transfer.status == 206;
        const bool accepted = for_part ? accept_end(transfer) : accept(transfer);
        began_ = Clock::now();  // what there was to clear away is no fault of the connection's
        return accepted;
    };
    transfer.sink = [&](base::Bytes data) { return take(data); };
    const Outcome outcome = perform(request, transfer, for_end);
    put_down();
    const bool is_refused = transfer.status >= 400 && outcome == Outcome::stopped;
    const bool is_end = for_end && (transfer.status == 206 || is_refused);
    return is_end ? judge_end(outcome) : judge(outcome, transfer);
}

// A server that refuses to send the end alone may send the whole: that is Outcome::stopped.
Outcome Download::perform(const Request& request, Transfer& transfer, bool for_end) {
    constexpr int not_satisfiable = 416;
    try {
        const Outcome outcome = http_.perform(request, transfer);
        if (for_end && transfer.status == not_satisfiable) return Outcome::stopped;
        return outcome;
    } catch (const Error& error) {
        if (for_end && transfer.status >= 400 && base::exit_code_of(error) == ExitCode::unreachable)
            return Outcome::stopped;
        throw;
    }
}

// Where the end has not come, the whole is asked for. Of a small file the end is the beginning too.
std::optional<Outcome> Download::judge_end(Outcome outcome) {
    if (assembly_.contiguous() > 0) return outcome;
    if (outcome != Outcome::done || offset_ != total_) {
        start_over();
        return std::nullopt;
    }
    end_ = total_ - length_.end;
    arrivals_.ending(end_);
    return std::nullopt;
}

std::optional<Outcome> Download::judge(Outcome outcome, const Transfer& transfer) {
    const bool is_part = offset_ > 0 || end_ > 0;
    const bool is_refused = !mismatch_.empty() || (is_part && http_.status() == 416);
    if (is_refused) {
        start_over();
        return Outcome::passing;
    }
    const std::uint64_t until = end_ > 0 ? end_ : std::max(total_, length_.expected);
    const bool is_cut_short = outcome == Outcome::done && !transfer.length &&
                              !transfer.is_chunked && transfer.status != 0 && offset_ < until;
    return is_cut_short ? Outcome::passing : outcome;
}

void Download::leave_note(bool as_long_as_the_file) {
    const std::uint64_t there = assembly_.contiguous();
    if (etag_.empty() || total_ == 0 || there == 0) return;
    has_note_ = true;
    noted_ = Clock::now();
    PartialFile::Note note{shown_url(url_), etag_, total_};
    if (!as_long_as_the_file || end_ > 0) note.bytes = there;
    file_.keep(note);
}

void Download::share() {
    may_share_ = false;
    leave_note(false);  // from here on the file is longer than its beginning
    const bool is_same = fetch_ranges(access_, {url_, etag_, total_, end_ > 0 ? end_ : total_},
                                      assembly_, [&] { leave_note(false); });
    if (!is_same) return start_over();
    assembly_.close_gaps(end_);
    leave_note(true);
}

std::optional<Downloaded> Download::run() {
    constexpr std::uint64_t some_progress = 1024 * 1024;
    try {
        start();
        for (Retry retry;;) {
            const std::uint64_t before = assembly_.contiguous();
            const std::optional<Outcome> outcome = attempt();
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
