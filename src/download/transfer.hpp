// SPDX-License-Identifier: Apache-2.0
#pragma once
// Transfer: one answer of a server on its way, with the callbacks that take it in.

#include "base/crypto.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <string>

namespace gov::download {

// Told how many bytes have come and, where the server said so, how many there are (else 0).
using Progress = std::function<void(std::uint64_t received, std::uint64_t total)>;

struct Transfer {
    std::uint64_t limit = 0;
    base::ExitCode too_long = base::ExitCode::unreachable;  // the class of a longer answer
    std::function<void()> begin;                            // before the first byte; may be empty
    std::function<void(base::Bytes)> sink;
    const Progress* progress = nullptr;

    std::uint64_t offset = 0;    // of the first byte asked for: an earlier try brought the others
    std::uint64_t received = 0;  // those before `offset` included
    std::string etag;            // of the answer; empty where there is no strong one
    std::string content_range;   // of the answer
    bool begun = false;
    std::exception_ptr failure;  // thrown in a callback; none may cross C

    // Called at each status line: a redirect is an answer of its own.
    void start_answer();
};

// libcurl's CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, with a Transfer as their user data.
std::size_t on_body(char* data, std::size_t size, std::size_t count, void* transfer) noexcept;
std::size_t on_header(char* data, std::size_t size, std::size_t count, void* transfer) noexcept;

}  // namespace gov::download
