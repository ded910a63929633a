// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov::base;

TEST_CASE("base64 has the vectors of RFC 4648") {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [plain, encoded] : vectors) {
        CHECK(to_base64(as_bytes(plain)) == encoded);
        CHECK(from_base64(encoded) == plain);
    }
}

TEST_CASE("base64 brings every byte back") {
    std::string all;
    for (int length = 0; length < 256; ++length) {
        all += static_cast<char>(length * 37);
        CHECK(from_base64(to_base64(as_bytes(all))) == all);
    }
}

TEST_CASE("what to_base64 does not write is no base64") {
    for (const char* text : {"Zg=", "Zg", "Zh==", "Zm9=", "Zg==\n", " Zg=", "Z===", "====",
                             "Zm9v!A==", "Zg==Zg==", "=", "Z=g=", "Zm9v-_=="})
        CHECK_FALSE(from_base64(text));
}
