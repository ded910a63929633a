// SPDX-License-Identifier: Apache-2.0
#include "cache/action_result.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov;
using namespace gov::cache;

namespace {

const ActionId action = base::sha256(base::as_bytes("an action"));
constexpr std::string_view body = "what it gave";
const Entry entry{base::sha256(base::as_bytes(body)), body.size(), 1'700'000'000'123'456'789};

}  // namespace

TEST_CASE("an entry comes back as it was put, with its body where that was along") {
    const auto alone = decode_action_result(action, encode_action_result(action, entry, {}));
    REQUIRE(alone);
    CHECK(alone->entry == entry);
    CHECK_FALSE(alone->body);
    const auto both = decode_action_result(action, encode_action_result(action, entry, body));
    REQUIRE(both);
    CHECK(both->entry == entry);
    CHECK(both->body == body);
}

TEST_CASE("the message is the one that protoc writes") {
    // ActionResult{output_files: [{path: 64 digits, digest: {hash: 64 digits, size_bytes: 12}}], …}
    const std::string message = encode_action_result(action, entry, {});
    CHECK(message.starts_with(std::string("\x12\x88\x01\x0a\x40", 5) + base::to_hex(action)));
    CHECK(message.find(std::string("\x12\x44\x0a\x40", 4) + base::to_hex(entry.output) +
                       std::string("\x10\x0c", 2)) != std::string::npos);
}

TEST_CASE("an empty body needs none") {
    const Entry empty{base::sha256({}), 0, 5};
    const auto shared = decode_action_result(action, encode_action_result(action, empty, ""));
    REQUIRE(shared);
    CHECK(shared->entry == empty);
}

TEST_CASE("an answer for another action is none") {
    const std::string message = encode_action_result(action, entry, {});
    CHECK_FALSE(decode_action_result(base::sha256(base::as_bytes("another")), message));
}

TEST_CASE("a body that is not that of the digest is none") {
    CHECK_FALSE(decode_action_result(action, encode_action_result(action, entry, "what it gavE")));
    CHECK_FALSE(
        decode_action_result(action, encode_action_result(action, entry, "longer than it")));
}

TEST_CASE("fields that others add are passed over") {
    // exit_code = 0 is left out by protoc; stdout_raw (5), and the worker's name (9, 1).
    const std::string message = encode_action_result(action, entry, body) +
                                std::string("\x2a\x02hi", 4) + std::string("\x4a\x03\x0a\x01w", 5);
    const auto shared = decode_action_result(action, message);
    REQUIRE(shared);
    CHECK(shared->entry.output == entry.output);
}

TEST_CASE("what is cut off, changed or made up is no answer, and never more than that") {
    const std::string message = encode_action_result(action, entry, body);
    for (std::size_t length = 0; length < 140; ++length)
        CHECK_FALSE(decode_action_result(action, message.substr(0, length)));
    for (std::size_t at = 0; at < message.size(); ++at)
        for (const char bits : {'\x01', '\x80', '\xff'}) {
            std::string changed = message;
            changed[at] = static_cast<char>(changed[at] ^ bits);
            const auto shared = decode_action_result(action, changed);
            if (shared && shared->body) CHECK(*shared->body == body);
        }
    for (const char* text : {"", "\x12", "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "<html>"})
        CHECK_FALSE(decode_action_result(action, text));
}

TEST_CASE("a size beyond what is shared is none") {
    Entry huge = entry;
    huge.size = largest_body + 1;
    CHECK_FALSE(decode_action_result(action, encode_action_result(action, huge, {})));
    huge.size = ~std::uint64_t{0};
    CHECK_FALSE(decode_action_result(action, encode_action_result(action, huge, {})));
}
