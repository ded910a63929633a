// SPDX-License-Identifier: Apache-2.0
#include "proof/verifier.hpp"

#include "base/base64.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "proof/plain_text.hpp"

#include <algorithm>
#include <ranges>

namespace gov::proof {

namespace {

constexpr char ed25519 = 1;

// White_Space of Unicode, less the control characters, which is_plain_text() refuses.
constexpr std::string_view spaces[] = {"\n",     " ",      "\u00a0", "\u1680", "\u2000", "\u2001",
                                       "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
                                       "\u2008", "\u2009", "\u200a", "\u202f", "\u205f", "\u3000"};

// The y coordinates of the points of small order, in every spelling, sign bit clear. Under such a
// key a signature on anything can be made without a private key.
constexpr std::string_view small_order_keys[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};

[[noreturn]] void fail(std::string_view text, std::string_view problem) {
    throw base::Error{
        base::format("the checksum database key {}: {}", base::printable(text), problem),
        "a key has the form name+hash+base64, as in GOSUMDB", base::ExitCode::usage};
}

bool has_small_order(std::array<std::uint8_t, 32> key) {
    key.back() &= 0x7FU;
    return std::ranges::find(small_order_keys, base::to_hex(key)) != std::end(small_order_keys);
}

// Stricter than a note asks: what this name becomes part of are URLs and file names.
bool is_database_name(std::string_view name) {
    return is_signer_name(name) && name.find_first_of("?#@") == std::string_view::npos &&
           std::ranges::all_of(std::views::split(name, '/'), [](const auto& part) {
               const std::string_view step{part.begin(), part.end()};
               return !step.empty() && step != "." && step != "..";
           });
}

}  // namespace

Verifier Verifier::parse(std::string_view text) {
    const auto first = text.find('+');
    const auto second = text.find('+', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos)
        fail(text, "two '+' are expected");
    const std::string name{text.substr(0, first)};
    if (!is_database_name(name)) fail(text, "the name is not host[/path]");

    const auto key = base::from_base64(text.substr(second + 1));
    if (!key || key->size() != 33 || key->front() != ed25519)
        fail(text, "an Ed25519 key of 33 bytes is expected");
    const base::Digest hash = base::sha256(base::as_bytes(name + "\n" + *key));
    if (text.substr(first + 1, second - first - 1) != base::to_hex(base::Bytes{hash}.first(4)))
        fail(text, "the hash is not that of the name and key");

    Verifier verifier{name, key_hash_at_start(hash), {}};
    std::ranges::copy(base::as_bytes(*key).subspan(1), verifier.public_key.begin());
    if (has_small_order(verifier.public_key)) fail(text, "anyone can sign with this key");
    return verifier;
}

bool is_signer_name(std::string_view name) {
    return !name.empty() && is_plain_text(name) && name.find('+') == std::string_view::npos &&
           std::ranges::none_of(spaces, [&](std::string_view space) {
               return name.find(space) != std::string_view::npos;
           });
}

std::uint32_t key_hash_at_start(base::Bytes bytes) noexcept {
    std::uint32_t hash = 0;
    for (const std::uint8_t byte : bytes.first(4)) hash = hash << 8U | byte;
    return hash;
}

}  // namespace gov::proof
