// SPDX-License-Identifier: Apache-2.0
#include "download/transfer.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <optional>

namespace gov::download {

namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The value of the header `name`, in lower case, if that is what `line` holds.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        !std::ranges::equal(line.substr(0, name.size()), name, {}, lower))
        return std::nullopt;
    line.remove_prefix(name.size() + 1);
    const auto first = line.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return std::string_view{};
    return line.substr(first, line.find_last_not_of(" \t\r\n") - first + 1);
}

void take(Transfer& transfer, base::Bytes data) {
    if (!transfer.begun && transfer.begin) transfer.begin();
    transfer.begun = true;
    transfer.received += data.size();
    if (transfer.received > transfer.limit)
        throw base::Error{base::format("the answer is longer than {} bytes", transfer.limit),
                          {},
                          transfer.too_long};
    transfer.sink(data);
}

// Keeps what a later attempt to go on needs (RFC 9110: ETag, Content-Range).
void take_header(Transfer& transfer, std::string_view line) {
    if (line.starts_with("HTTP/")) transfer.start_answer();
    if (const auto etag = value_of(line, "etag"); etag && etag->starts_with('"'))
        transfer.etag = *etag;
    if (const auto range = value_of(line, "content-range")) transfer.content_range = *range;
}

// `length` if `step` went well; else 0, which tells libcurl to stop.
template <class Step>
std::size_t guarded(Transfer& transfer, std::size_t length, const Step& step) noexcept {
    try {
        step();
        return length;
    } catch (...) {
        transfer.failure = std::current_exception();
        return 0;
    }
}

}  // namespace

void Transfer::start_answer() {
    received = offset;
    content_range.clear();
    begun = false;
    if (offset == 0) etag.clear();
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* transfer) noexcept {
    auto& self = *static_cast<Transfer*>(transfer);
    const base::Bytes bytes{reinterpret_cast<const std::uint8_t*>(data), size * count};
    return guarded(self, bytes.size(), [&] { take(self, bytes); });
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* transfer) noexcept {
    auto& self = *static_cast<Transfer*>(transfer);
    const std::string_view line{data, size * count};
    return guarded(self, line.size(), [&] { take_header(self, line); });
}

}  // namespace gov::download
