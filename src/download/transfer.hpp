// SPDX-License-Identifier: Apache-2.0
#pragma once
// Transfer: one answer of a server on its way, with the callbacks that take it in.

#include "base/crypto.hpp"
#include "base/error.hpp"

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gov::download {

struct Transfer {
    std::uint64_t limit = 0;                                // of the body, in bytes
    base::ExitCode too_long = base::ExitCode::unreachable;  // the class of a longer body
    std::function<bool()> begin;            // before the first byte; false: not this answer
    std::function<bool(base::Bytes)> sink;  // false: that is enough
    const std::atomic<bool>* cancelled = nullptr;
    std::function<void()> watch;  // see Access

    int status = 0;              // of the answer; stays 0 for file URLs
    std::uint64_t received = 0;  // bytes of its body
    std::string etag;            // empty where there is no strong one
    std::string last_modified;
    std::string content_range;
    std::string content_encoding;
    std::optional<std::uint64_t> length;  // as Content-Length says
    bool is_chunked = false;              // then a body that breaks off is noticed
    bool takes_ranges = false;            // as Accept-Ranges says
    bool begun = false;
    bool stopped = false;        // `begin` or `sink` wanted no more
    std::exception_ptr failure;  // thrown in a callback; none may cross C

    // Called at each status line: what went before was another answer.
    void start_answer(int new_status);
    bool is_redirect() const noexcept { return status >= 301 && status <= 308 && status != 304; }
};

// libcurl's CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, with a Transfer as their user data.
std::size_t on_body(char* data, std::size_t size, std::size_t count, void* transfer) noexcept;
std::size_t on_header(char* data, std::size_t size, std::size_t count, void* transfer) noexcept;

}  // namespace gov::download
