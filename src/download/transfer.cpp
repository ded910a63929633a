// SPDX-License-Identifier: Apache-2.0
#include "download/transfer.hpp"

#include "base/ascii.hpp"
#include "base/format.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace gov::download {

namespace {

bool equal_ignoring_case(std::string_view text, std::string_view lower_case) {
    return base::lower_case(text) == lower_case;
}

// The value of the header `name`, in lower case, if that is what `line` holds.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        !equal_ignoring_case(line.substr(0, name.size()), name))
        return std::nullopt;
    line.remove_prefix(name.size() + 1);
    const auto first = line.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return std::string_view{};
    return line.substr(first, line.find_last_not_of(" \t\r\n") - first + 1);
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// The code in a status line: "HTTP/1.1 200 OK", "HTTP/2 200".
int status_in(std::string_view line) {
    const auto space = line.find(' ');
    return space == std::string_view::npos ? 0
                                           : number_in<int>(line.substr(space + 1, 3)).value_or(0);
}

void refuse_length(const Transfer& transfer) {
    throw base::Error{
        base::format("the answer is longer than {} bytes", transfer.limit), {}, transfer.too_long};
}

void take(Transfer& transfer, base::Bytes data) {
    if (transfer.is_redirect()) return;  // a page for people
    if (!std::exchange(transfer.begun, true)) {
        transfer.stopped = transfer.begin && !transfer.begin();
        if (!transfer.stopped && transfer.length.value_or(0) > transfer.limit)
            refuse_length(transfer);
    }
    if (transfer.stopped) return;
    transfer.received += data.size();
    if (transfer.received > transfer.limit) refuse_length(transfer);
    transfer.stopped = !transfer.sink(data);
}

void take_header(Transfer& transfer, std::string_view line) {
    if (line.starts_with("HTTP/")) transfer.start_answer(status_in(line));
    if (const auto etag = value_of(line, "etag"); etag && etag->starts_with('"'))
        transfer.etag = *etag;
    if (const auto date = value_of(line, "last-modified")) transfer.last_modified = *date;
    if (const auto range = value_of(line, "content-range")) transfer.content_range = *range;
    if (const auto length = value_of(line, "content-length"))
        transfer.length = number_in<std::uint64_t>(*length);
    if (const auto coding = value_of(line, "content-encoding")) transfer.content_encoding = *coding;
    if (value_of(line, "transfer-encoding")) transfer.is_chunked = true;
    if (const auto unit = value_of(line, "accept-ranges"))
        transfer.takes_ranges = equal_ignoring_case(*unit, "bytes");
}

// `length` if `step` went well and more is wanted; else 0, which tells libcurl to stop.
template <class Step>
std::size_t guarded(Transfer& transfer, std::size_t length, const Step& step) noexcept {
    try {
        step();
        return transfer.stopped ? 0 : length;
    } catch (...) {
        transfer.failure = std::current_exception();
        return 0;
    }
}

}  // namespace

void Transfer::start_answer(int new_status) {
    status = new_status;
    received = 0;
    for (std::string* header : {&etag, &last_modified, &content_range, &content_encoding})
        header->clear();
    length.reset();
    is_chunked = takes_ranges = begun = false;
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
