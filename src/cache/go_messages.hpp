// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the go command and the program named by GOCACHEPROG say to each other
// (cmd/go/internal/cacheprog): JSON values, one a line, on the standard streams.

#include "cache/entry.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gov::cache {

struct GoRequest {
    enum class Command { get, put, close, unknown };

    std::int64_t id = 0;
    Command command = Command::unknown;
    ActionId action = {};
    base::Digest output = {};  // of a put; Go before 1.24 calls it the ObjectID
    std::uint64_t size = 0;    // of the body, which follows where it is not 0
};

// Reads what the go command sends from a descriptor.
class GoReader {
public:
    explicit GoReader(int fd) : fd_{fd} {}

    // The next request; nullopt at the end. Throws Error for what is none.
    std::optional<GoRequest> next();
    // The body that follows the request `put`. Throws Error where it is not there whole.
    std::string body(const GoRequest& put);

private:
    // The next line that is not empty, without its end; nullopt where none comes any more. Good
    // until the next call.
    std::optional<std::string_view> line();

    // More of what is sent, behind what has not been taken; false at the end.
    bool fill();

    int fd_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what came and has not been taken
    std::size_t end_ = 0;
};

// What is sent to the go command, each with its newline.
std::string greeting();
std::string hit(std::int64_t id, const Entry& entry, const std::filesystem::path& file);
std::string miss(std::int64_t id);
std::string stored(std::int64_t id, const std::filesystem::path& file);
std::string failed(std::int64_t id, std::string_view reason);
std::string closed(std::int64_t id);

// "2026-11-28T10:20:30.123456789Z" (RFC 3339) for nanoseconds since 1970.
std::string rfc3339(std::int64_t nanoseconds);

}  // namespace gov::cache
