// SPDX-License-Identifier: Apache-2.0
#include "cache/action_result.hpp"

#include "cache/protobuf.hpp"

namespace gov::cache {

namespace {

// Numbers of fields in build/bazel/remote/execution/v2/remote_execution.proto.
namespace result {
constexpr unsigned output_files = 2;
constexpr unsigned execution_metadata = 9;
}  // namespace result
namespace output_file {
constexpr unsigned path = 1;
constexpr unsigned digest = 2;
constexpr unsigned contents = 5;
}  // namespace output_file
namespace digest {
constexpr unsigned hash = 1;
constexpr unsigned size_bytes = 2;
}  // namespace digest
namespace metadata {
constexpr unsigned worker_completed_timestamp = 4;
}
namespace timestamp {
constexpr unsigned seconds = 1;
constexpr unsigned nanos = 2;
}  // namespace timestamp

constexpr std::int64_t nanoseconds = 1'000'000'000;

bool take_digest(std::string_view message, Entry& entry) {
    std::optional<base::Digest> hash;
    for (ProtobufReader reader{message}; reader.next();) {
        if (reader.field() == digest::hash) hash = base::digest_from_hex(reader.bytes());
        if (reader.field() == digest::size_bytes) entry.size = reader.number();
    }
    if (hash) entry.output = *hash;
    return hash.has_value();
}

// The one output file, if it is that of `action`.
bool take_file(std::string_view message, const ActionId& action, SharedEntry& shared) {
    bool is_right = false;
    bool has_digest = false;
    ProtobufReader reader{message};
    while (reader.next()) {
        if (reader.field() == output_file::path) is_right = reader.bytes() == base::to_hex(action);
        if (reader.field() == output_file::digest)
            has_digest = take_digest(reader.bytes(), shared.entry);
        if (reader.field() == output_file::contents) shared.body = reader.bytes();
    }
    return reader.is_whole() && is_right && has_digest;
}

void take_time(std::string_view message, Entry& entry) {
    for (ProtobufReader reader{message}; reader.next();) {
        if (reader.field() != metadata::worker_completed_timestamp) continue;
        std::uint64_t seconds = 0;
        std::uint64_t nanos = 0;
        for (ProtobufReader time{reader.bytes()}; time.next();) {
            if (time.field() == timestamp::seconds) seconds = time.number();
            if (time.field() == timestamp::nanos) nanos = time.number();
        }
        constexpr std::uint64_t last_second = 9'000'000'000;  // what fits in nanoseconds
        if (seconds < last_second && nanos < nanoseconds)
            entry.time =
                static_cast<std::int64_t>(seconds) * nanoseconds + static_cast<std::int64_t>(nanos);
    }
}

}  // namespace

std::string encode_action_result(const ActionId& action, const Entry& entry,
                                 std::optional<std::string_view> body) {
    ProtobufWriter digest_message;
    digest_message.bytes(digest::hash, base::to_hex(entry.output));
    digest_message.number(digest::size_bytes, entry.size);
    ProtobufWriter file;
    file.bytes(output_file::path, base::to_hex(action));
    file.bytes(output_file::digest, digest_message.text());
    if (body) file.bytes(output_file::contents, *body);
    ProtobufWriter time;
    time.number(timestamp::seconds, static_cast<std::uint64_t>(entry.time / nanoseconds));
    time.number(timestamp::nanos, static_cast<std::uint64_t>(entry.time % nanoseconds));
    ProtobufWriter made;
    made.bytes(metadata::worker_completed_timestamp, time.text());
    ProtobufWriter message;
    message.bytes(result::output_files, file.text());
    message.bytes(result::execution_metadata, made.text());
    return message.text();
}

std::optional<SharedEntry> decode_action_result(const ActionId& action, std::string_view message) {
    SharedEntry shared;
    std::size_t files = 0;
    shared.entry.time = now_in_nanoseconds();
    ProtobufReader reader{message};
    while (reader.next()) {
        if (reader.field() == result::execution_metadata) take_time(reader.bytes(), shared.entry);
        if (reader.field() != result::output_files) continue;
        if (++files > 1 || !take_file(reader.bytes(), action, shared)) return std::nullopt;
    }
    if (files != 1 || !reader.is_whole() || shared.entry.size > largest_body) return std::nullopt;
    if (shared.entry.size != 0 && shared.body && shared.body->empty()) shared.body.reset();
    const bool is_true =
        !shared.body || (shared.body->size() == shared.entry.size &&
                         base::sha256(base::as_bytes(*shared.body)) == shared.entry.output);
    if (!is_true) return std::nullopt;
    return shared;
}

}  // namespace gov::cache
