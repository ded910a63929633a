// SPDX-License-Identifier: Apache-2.0
#pragma once
// Http: what gov asks of the network, and nothing else. libcurl behind one file.

#include "download/access.hpp"
#include "download/transfer.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace gov::download {

enum class Method {
    get,
    put,
    make_collection,  // WebDAV's MKCOL
};

struct Request {
    std::string url;
    std::string range = {};          // "0-99" or "100-"; empty: the whole
    std::string if_range = {};       // the strong ETag that the range is of
    std::string if_none_match = {};  // an ETag that is known already; with it a 304 is an answer
    std::string if_modified_since = {};  // a Last-Modified that is known already
    Method method = Method::get;
    base::Bytes body = {};                 // to put; must last as long as the request
    std::string authorization = {};        // the header; none where it is empty
    bool follows = true;                   // redirects; false: one is a failure
    std::chrono::milliseconds longest{0};  // for all of it; 0: by the limit of the answer
};

enum class Outcome {
    done,       // what was put is there, or what was asked for came
    absent,     // 404, 410, or no such file
    unchanged,  // 304
    stopped,    // by the transfer's callbacks
    passing,    // may go better another time
};

// One connection's worth of requests: not shared between threads. https, http and file URLs; a
// redirect never leads from https to anything else, nor off the network protocols, and is
// subject to the proxy rules of where it leads. Every body is counted against its limit while it
// arrives.
class Http {
public:
    explicit Http(const Access& access = {});
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;
    Http(Http&&) noexcept;
    Http& operator=(Http&&) noexcept;
    ~Http();

    // The body of `url`, tried several times; nullopt where the server has no such thing (404,
    // 410). Throws Error: ExitCode::unreachable where no answer of at most `limit` bytes could be
    // had.
    std::optional<std::string> get(const std::string& url, std::size_t limit);

    struct Answer {
        Outcome outcome = Outcome::done;  // done, absent or unchanged
        std::string body;
        std::string etag;
        std::string last_modified;
    };
    // The same with conditions, which may make the answer Outcome::unchanged.
    Answer ask(const Request& request, std::size_t limit);

    // Asks once. Throws Error: ExitCode::unreachable for an answer that no later try would better,
    // and whatever the transfer's callbacks throw.
    Outcome perform(const Request& request, Transfer& transfer);

    // Of the last Outcome::passing: what went wrong, how long the server wants to be left alone
    // (0: it did not say), and the answer's status (0: there was none).
    const std::string& reason() const;
    std::chrono::seconds retry_after() const;
    int status() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace gov::download
