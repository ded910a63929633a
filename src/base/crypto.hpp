// SPDX-License-Identifier: Apache-2.0
#pragma once
// SHA-256 and Ed25519 verification, by libcrypto opened on first use.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gov::base {

using Bytes = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;  // a SHA-256

inline Bytes as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// A SHA-256 in the making; one object serves many messages one after the other (finish() resets).
// Not shared between threads. Throws Error where libcrypto is missing or refuses.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(Bytes data);
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

Digest sha256(Bytes data);

std::string to_hex(Bytes data);
// The digest that 64 lower-case or upper-case hex digits spell; nullopt for anything else.
std::optional<Digest> digest_from_hex(std::string_view hex);

// Standard alphabet with padding (RFC 4648 section 4).

// Whether `signature` (64 bytes) is `public_key`'s (32 bytes) on `message` (RFC 8032, Ed25519).
bool ed25519_verify(Bytes public_key, Bytes message, Bytes signature);

}  // namespace gov::base
