// SPDX-License-Identifier: Apache-2.0
#include "cache/health.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "download/url.hpp"

#include <algorithm>
#include <charconv>

namespace gov::cache {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int most_failures = 3;
constexpr int most_wrong = 3;
constexpr seconds rest{60};              // of a server in trouble
constexpr seconds longest_rest{600};     // that it may ask for
constexpr milliseconds worth_a_hit{50};  // of waiting: building takes longer

// Until when others leave the remote alone: a file of the second, as system_clock counts.
fs::path note_of(const Settings& settings) {
    const base::Digest name = base::sha256(base::as_bytes(settings.remote));
    return settings.folder / ("rest-" + base::to_hex({name.data(), 8}));
}

std::int64_t now() {
    return std::chrono::duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

bool rests(const Settings& settings) {
    try {
        constexpr std::size_t longest_number = 32;
        const auto text = base::read_file(note_of(settings), longest_number);
        std::int64_t until = 0;
        if (!text) return false;
        std::from_chars(text->data(), text->data() + text->size(), until);
        return until > now() && until <= now() + longest_rest.count();
    } catch (const base::Error&) {
        return false;
    }
}

}  // namespace

Health::Health(const Settings& settings)
    : settings_{settings},
      reads_end_{!settings.reads() || (settings.heeds_rest && rests(settings))},
      writes_end_{!settings.writes() || reads_end_} {}

void Health::end_reads(const std::string& reason, seconds for_others) {
    const std::lock_guard lock{guard_};
    if (reads_end_.exchange(true)) return;
    writes_end_ = true;
    trouble_ = base::format("the shared cache {} is not used any more: {}",
                            download::shown_url(settings_.remote), reason);
    try {
        base::make_private_directory(settings_.folder);
        base::write_file_atomically(note_of(settings_),
                                    base::format("{}", now() + for_others.count()));
    } catch (const base::Error&) {
        // Others will find out themselves.
    }
}

void Health::end_writes(const std::string& reason) {
    const std::lock_guard lock{guard_};
    if (writes_end_.exchange(true)) return;
    trouble_ = base::format("nothing more is put into the shared cache {}: {}",
                            download::shown_url(settings_.remote), reason);
}

// Whoever let one request wait that long, or did not answer at all, lets the next one wait as well.
bool Health::is_late(const Failure& failure) const noexcept {
    return failure.status == 0 || took_all_the_time(failure);
}

bool Health::took_all_the_time(const Failure& failure) const noexcept {
    return failure.took >= milliseconds{settings_.timeout} * 9 / 10;
}

// A refusal is final. What a server that is ill or breaks off says may pass.
void Health::failed_to_read(const Failure& failure) {
    const bool may_pass = failure.status == 200 || failure.status >= 500;
    if (is_late(failure) || !may_pass || failure.wish.count() != 0 || ++failures_ >= most_failures)
        end_reads(failure.reason, std::clamp(failure.wish, rest, longest_rest));
}

void Health::failed_to_write(const Failure& failure) {
    constexpr int too_large = 413;  // a smaller one may fit
    if (took_all_the_time(failure)) return end_reads(failure.reason, rest);
    if (failure.status != too_large || ++failures_ >= most_failures) end_writes(failure.reason);
}

void Health::was_wrong() {
    if (++wrong_ >= most_wrong) end_reads("its answers are not true", rest);
}

std::string Health::trouble() const {
    const std::lock_guard lock{guard_};
    return trouble_;
}

void Health::begin_waiting() {
    const std::lock_guard lock{guard_};
    if (waiting_++ == 0) since_ = Clock::now();
}

void Health::end_waiting() {
    {
        const std::lock_guard lock{guard_};
        const auto now = Clock::now();
        waited_ += now - since_;
        since_ = now;
        --waiting_;
        if (waited_ <= settings_.timeout + worth_a_hit * static_cast<int>(hits_)) return;
    }
    end_reads("it answers too slowly", rest);
}

}  // namespace gov::cache
