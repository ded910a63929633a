// SPDX-License-Identifier: Apache-2.0
#pragma once
// Http: what gov asks of the network, and nothing else. libcurl behind one file.

#include "download/transfer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gov::download {

// One connection's worth of requests: not shared between threads. https, http and file URLs; a
// redirect never leads from https to anything else, nor off the network protocols. Every body is
// counted against its limit while it arrives. What may pass (a reset, a time-out, 5xx, 429) is
// tried three times. Proxies come from the environment, as curl has them.
class Http {
public:
    Http();
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;
    Http(Http&&) noexcept;
    Http& operator=(Http&&) noexcept;
    ~Http();

    // The body of `url`; nullopt where the server has no such thing (404, 410). Throws Error:
    // ExitCode::unreachable where no answer of at most `limit` bytes could be had.
    std::optional<std::string> get(const std::string& url, std::size_t limit);

    // Writes the body of `url` to the file descriptor `fd` from its start and cuts the file there;
    // the number of bytes, or nullopt as above. Throws Error as above, and ExitCode::verification
    // for a longer body.
    std::optional<std::uint64_t> download(const std::string& url, int fd, std::uint64_t limit,
                                          const Progress& progress);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace gov::download
