// SPDX-License-Identifier: Apache-2.0
#include "cache/go_messages.hpp"

#include "base/base64.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/json.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <unistd.h>

namespace gov::cache {

namespace {

using base::Json;

constexpr std::size_t piece = std::size_t{64} << 10U;  // what a pipe holds
// A body in base64, and more than any request takes.
constexpr std::size_t longest_line = (largest_body + 2) / 3 * 4 * 4;

GoRequest::Command command_of(std::string_view word) noexcept {
    if (word == "get") return GoRequest::Command::get;
    if (word == "put") return GoRequest::Command::put;
    return word == "close" ? GoRequest::Command::close : GoRequest::Command::unknown;
}

bool take_digest(const Json& message, std::string_view name, base::Digest& digest) {
    const auto bytes = base::from_base64(message.text(name));
    if (!bytes || bytes->size() != digest.size()) return false;
    std::ranges::copy(base::as_bytes(*bytes), digest.begin());
    return true;
}

std::int64_t number(const Json& message, std::string_view name) {
    const Json* member = message.find(name);
    const auto* value = member == nullptr ? nullptr : member->as_integer();
    return value == nullptr ? 0 : *value;
}

std::string line_of(Json::Object object) {
    return Json{std::move(object)}.write_line() + "\n";
}

}  // namespace

bool GoReader::fill() {
    if (begin_ != 0) {
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                  buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ > longest_line) throw base::Error{"the go command sent an endless line"};
    if (buffer_.size() - end_ < piece) buffer_.resize(std::max(2 * buffer_.size(), end_ + piece));
    ssize_t got = 0;
    do got = ::read(fd_, buffer_.data() + end_, buffer_.size() - end_);
    while (got < 0 && errno == EINTR);
    if (got < 0) throw base::system_error("reading what the go command sends", errno);
    end_ += static_cast<std::size_t>(got);
    return got != 0;
}

std::optional<std::string_view> GoReader::line() {
    std::size_t searched = 0;  // of what has not been taken
    while (true) {
        const std::string_view there{buffer_.data() + begin_, end_ - begin_};
        const auto length = there.find('\n', searched);
        if (length == std::string_view::npos) {
            searched = there.size();
            if (!fill()) return std::nullopt;
            continue;
        }
        begin_ += length + 1;
        searched = 0;
        if (length != 0) return there.substr(0, length);
    }
}

std::optional<GoRequest> GoReader::next() {
    const auto text = line();
    if (!text) return std::nullopt;
    const Json message = Json::parse(*text);
    GoRequest request{.id = number(message, "ID"), .command = command_of(message.text("Command"))};
    const bool is_get = request.command == GoRequest::Command::get;
    const bool is_put = request.command == GoRequest::Command::put;
    bool is_whole = !(is_get || is_put) || take_digest(message, "ActionID", request.action);
    if (is_put)
        is_whole = is_whole && (take_digest(message, "OutputID", request.output) ||
                                take_digest(message, "ObjectID", request.output));
    const std::int64_t size = number(message, "BodySize");
    if (!is_whole || size < 0)
        throw base::Error{"the go command sent a request that makes no sense"};
    request.size = static_cast<std::uint64_t>(size);
    return request;
}

std::string GoReader::body(const GoRequest& put) {
    if (put.size == 0) return {};
    const auto text = line();
    if (!text || text->size() < 2 || text->front() != '"' || text->back() != '"')
        throw base::Error{"the go command did not send the body of what it puts"};
    auto body = base::from_base64(text->substr(1, text->size() - 2));
    if (!body || body->size() != put.size)
        throw base::Error{"the go command sent a body that is not what it says"};
    return std::move(*body);
}

std::string greeting() {
    return line_of({{"ID", 0}, {"KnownCommands", Json::Array{"get", "put", "close"}}});
}

std::string hit(std::int64_t id, const Entry& entry, const std::filesystem::path& file) {
    return line_of({{"ID", id},
                    {"OutputID", base::to_base64(entry.output)},
                    {"Size", static_cast<std::int64_t>(entry.size)},
                    {"Time", rfc3339(entry.time)},
                    {"DiskPath", file.native()}});
}

std::string miss(std::int64_t id) {
    return line_of({{"ID", id}, {"Miss", true}});
}

std::string stored(std::int64_t id, const std::filesystem::path& file) {
    return line_of({{"ID", id}, {"DiskPath", file.native()}});
}

std::string failed(std::int64_t id, std::string_view reason) {
    return line_of({{"ID", id}, {"Err", reason}});
}

std::string closed(std::int64_t id) {
    return line_of({{"ID", id}});
}

std::string rfc3339(std::int64_t nanoseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds{nanoseconds}};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    return base::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", int{date.year()},
                        unsigned{date.month()}, unsigned{date.day()}, clock.hours().count(),
                        clock.minutes().count(), clock.seconds().count(),
                        clock.subseconds().count());
}

}  // namespace gov::cache
