// SPDX-License-Identifier: Apache-2.0
#include "cache/remote.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <utility>

namespace gov::cache {

namespace {

using download::Method;
using download::Outcome;
using download::Request;

constexpr std::uint64_t largest_result = 64 * 1024;  // of an answer below /ac/, in bytes

std::string place_of_action(const ActionId& action) {
    return "/ac/" + base::to_hex(action);
}

std::string place_of_body(const base::Digest& output) {
    return "/cas/" + base::to_hex(output);
}

}  // namespace

Remote::Remote(const Settings& settings, Health& health, Statistics& statistics)
    : settings_{settings}, health_{health}, statistics_{statistics} {}

std::chrono::milliseconds Remote::longest(std::uint64_t size) const {
    return settings_.timeout + std::chrono::seconds{size >> 20U};
}

struct Remote::Told {
    std::optional<Outcome> outcome;  // nullopt: it failed
    Health::Failure failure = {};
};

// Without the folder a WebDAV server answers with 409 (RFC 4918, section 9.7.1), nginx with 500.
bool Remote::may_lack_folder(const Told& told) {
    const int status = told.failure.status;
    return told.outcome == Outcome::absent || (!told.outcome && (status == 409 || status == 500));
}

Remote::Told Remote::ask(const Request& request, download::Transfer& transfer) {
    const auto start = std::chrono::steady_clock::now();
    Told told;
    try {
        if (!http_) http_.emplace(settings_.access);
        told.outcome = http_->perform(request, transfer);
        if (told.outcome != Outcome::passing) return told;
        told = {std::nullopt, {http_->status(), http_->reason(), {}, http_->retry_after()}};
    } catch (const base::Error& error) {
        if (base::exit_code_of(error) == base::ExitCode::interrupted) throw;
        told = {std::nullopt, {transfer.status, base::full_message(error), {}, {}}};
    }
    told.failure.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    return told;
}

void Remote::was_wrong() {
    ++statistics_.wrong;
    health_.was_wrong();
}

std::optional<std::string> Remote::get(const std::string& path, std::uint64_t limit) {
    if (!health_.reads()) return std::nullopt;
    std::string content;
    download::Transfer transfer;
    transfer.limit = limit;
    transfer.cancelled = &health_.end_of_reads();
    transfer.sink = [&](base::Bytes data) {
        content.append(reinterpret_cast<const char*>(data.data()), data.size());
        return true;
    };
    const Told told = ask({.url = settings_.remote + path,
                           .authorization = settings_.authorization,
                           .follows = false,
                           .longest = longest(limit)},
                          transfer);
    if (!told.outcome) {
        ++statistics_.failures;
        health_.failed_to_read(told.failure);
    } else if (told.outcome != Outcome::stopped) {
        health_.answered();
    }
    if (told.outcome != Outcome::done) return std::nullopt;
    statistics_.bytes_down += content.size();
    return content;
}

std::optional<SharedEntry> Remote::find(const ActionId& action) {
    const auto message = get(place_of_action(action), largest_result);
    if (!message) return std::nullopt;
    auto shared = decode_action_result(action, *message);
    if (!shared) was_wrong();
    return shared;
}

std::optional<std::string> Remote::body(const Entry& entry) {
    std::optional<std::string> body{std::in_place};
    // One byte more, so that a body that is too long is seen to be wrong.
    if (entry.size != 0) body = get(place_of_body(entry.output), entry.size + 1);
    if (!body) return std::nullopt;
    if (body->size() == entry.size && base::sha256(base::as_bytes(*body)) == entry.output)
        return body;
    was_wrong();
    return std::nullopt;
}

Remote::Told Remote::put_once(const std::string& path, std::string_view content) {
    download::Transfer transfer;
    transfer.limit = largest_result;
    transfer.cancelled = &health_.end_of_writes();
    transfer.sink = [](base::Bytes) { return true; };
    return ask({.url = settings_.remote + path,
                .method = Method::put,
                .body = base::as_bytes(content),
                .authorization = settings_.authorization,
                .follows = false,
                .longest = longest(content.size())},
               transfer);
}

// Where the folders are there, or the server knows no such method, putting will tell.
void Remote::make_folders() {
    for (const char* folder : {"/ac/", "/cas/"}) {
        download::Transfer transfer;
        transfer.limit = largest_result;
        transfer.sink = [](base::Bytes) { return true; };
        ask({.url = settings_.remote + folder,
             .method = Method::make_collection,
             .authorization = settings_.authorization,
             .follows = false,
             .longest = longest(0)},
            transfer);
    }
}

bool Remote::put(const std::string& path, std::string_view content) {
    if (!health_.writes()) return false;
    Told told = put_once(path, content);
    if (may_lack_folder(told) && !std::exchange(made_folders_, true)) {
        make_folders();
        told = put_once(path, content);
    }
    if (told.outcome == Outcome::stopped) return false;
    if (told.outcome == Outcome::absent)
        told = {std::nullopt, {404, "it has no place for what is put", {}, {}}};
    if (!told.outcome) {
        ++statistics_.failures;
        health_.failed_to_write(told.failure);
        return false;
    }
    statistics_.bytes_up += content.size();
    return true;
}

bool Remote::store(const ActionId& action, const Entry& entry, std::string_view body) {
    const bool is_small = body.size() <= largest_inline_body;
    if (!body.empty() && !put(place_of_body(entry.output), body)) return false;
    const std::string message =
        encode_action_result(action, entry, is_small ? std::optional{body} : std::nullopt);
    if (!put(place_of_action(action), message)) return false;
    ++statistics_.stored;
    return true;
}

}  // namespace gov::cache
