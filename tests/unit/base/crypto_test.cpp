// SPDX-License-Identifier: Apache-2.0
#include "base/crypto.hpp"

#include <doctest/doctest.h>

using namespace gov::base;

TEST_CASE("SHA-256 of abc is the one of FIPS 180-4") {
    CHECK(to_hex(sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("one Sha256 serves several messages") {
    Sha256 hash;
    hash.update(as_bytes("something else"));
    hash.finish();
    hash.update(as_bytes("a"));
    hash.update(as_bytes("bc"));
    CHECK(hash.finish() == sha256(as_bytes("abc")));
}

TEST_CASE("a digest is read from 64 hex digits and nothing else") {
    const std::string hex = to_hex(sha256(as_bytes("abc")));
    CHECK(digest_from_hex(hex) == sha256(as_bytes("abc")));
    CHECK_FALSE(digest_from_hex(hex.substr(1)));
    CHECK_FALSE(digest_from_hex(hex.substr(1) + "g"));
}

TEST_CASE("Ed25519 accepts the first vector of RFC 8032 and no changed one") {
    const auto key =
        digest_from_hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const auto low =
        digest_from_hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
    const auto high =
        digest_from_hex("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    std::array<std::uint8_t, 64> signature;
    std::copy(low->begin(), low->end(), signature.begin());
    std::copy(high->begin(), high->end(), signature.begin() + 32);
    CHECK(ed25519_verify(*key, {}, signature));
    CHECK_FALSE(ed25519_verify(*key, as_bytes("x"), signature));
    signature[5] ^= 1U;
    CHECK_FALSE(ed25519_verify(*key, {}, signature));
}
