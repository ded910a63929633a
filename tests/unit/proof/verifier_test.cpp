// SPDX-License-Identifier: Apache-2.0
#include "proof/verifier.hpp"

#include "base/base64.hpp"
#include "base/format.hpp"
#include "failure.hpp"
#include "signer.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace gov::base;
using namespace gov::proof::tests;
using gov::proof::Verifier;

namespace {

// A key of these 33 bytes with the hash that belongs to them.
std::string key_of(const std::string& name, const std::string& bytes) {
    const Digest hash = sha256(as_bytes(name + "\n" + bytes));
    return format("{}+{}+{}", name, to_hex(Bytes{hash}.first(4)), to_base64(as_bytes(bytes)));
}

std::string from_hex(std::string_view hex) {
    const auto digest = digest_from_hex(hex);
    return {digest->begin(), digest->end()};
}

bool is_usage_error(const std::string& key) {
    return failure_of([&] { Verifier::parse(key); }).code == ExitCode::usage;
}

}  // namespace

TEST_CASE("the key of sum.golang.org is read") {
    const Verifier verifier = Verifier::parse(gov::proof::sum_golang_org_key);
    CHECK(verifier.name == "sum.golang.org");
    CHECK(verifier.key_hash == 0x033de0ae);
    CHECK(to_hex(verifier.public_key) ==
          "ce3372d75ad1ee5ecdaf8727293d4b111d87eb37531d7c86d4d3003f0eb809fc");
}

TEST_CASE("a key that is spelled otherwise is refused") {
    const std::string bytes = "\x01" + Signer{}.public_key();
    REQUIRE_FALSE(is_usage_error(key_of("log.localhost/a", bytes)));
    const std::string right{gov::proof::sum_golang_org_key};
    const std::vector<std::string> wrong{
        "",
        "sum.golang.org",
        "sum.golang.org+033de0ae",
        "sum.golang.org+033de0ae+",
        " " + right,
        right + "\n",
        "sum.golang.org+033DE0AE" + right.substr(23),  // Go takes this
        "sum.golang.org+033de0af" + right.substr(23),
        "sum.golang.com" + right.substr(14),
        right.substr(0, right.size() - 4),
        key_of("", bytes),
        key_of("a b", bytes),
        key_of("a\u3000b", bytes),
        key_of("../a", bytes),
        key_of("a//b", bytes),
        key_of("a/", bytes),
        key_of("/a", bytes),
        key_of("a\x1b[2J", bytes),
        key_of("log.localhost", "\x02" + bytes.substr(1)),  // another algorithm
        key_of("log.localhost", bytes + "x"),
        key_of("log.localhost", bytes.substr(0, 32)),
    };
    for (const std::string& key : wrong) {
        CAPTURE(key);
        CHECK(is_usage_error(key));
    }
}

TEST_CASE("SU07: a key of small order, with which anyone can sign, is refused") {
    for (const char* hex : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000080",
                            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        CAPTURE(hex);
        CHECK(is_usage_error(key_of("log.localhost", "\x01" + from_hex(hex))));
    }
}
