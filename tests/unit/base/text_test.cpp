// SPDX-License-Identifier: Apache-2.0
#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/printable.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace gov::base;

TEST_CASE("plain text and letters of any script are shown as they are") {
    CHECK(printable("go1.22.6 Þfoo 日本 🌈") == "go1.22.6 Þfoo 日本 🌈");
}

TEST_CASE("what steers a terminal or hides from a reader is spelled out") {
    CHECK(printable("a\x1b[2Jb") == "a\\x1b[2Jb");
    CHECK(printable("\r\n\t\x7f") == "\\x0d\\x0a\\x09\\x7f");
    CHECK(printable("\xc2\x9b") == "\\xc2\\x9b");  // C1
    CHECK(printable("\xe2\x80\xae"
                    "gpj") == "\\u{202e}gpj");        // right-to-left override
    CHECK(printable("\xe2\x80\x8b") == "\\u{200b}");  // zero width space
    CHECK(printable("a\xff\xc0\xaf\xed\xa0\x80") == "a\\xff\\xc0\\xaf\\xed\\xa0\\x80");
}

TEST_CASE("the nearest word is found, and nothing where none is near") {
    constexpr std::array<std::string_view, 3> words{"install", "uninstall", "list"};
    CHECK(closest_word("instal", words) == "install");
    CHECK(closest_word("lsit", words) == "list");
    CHECK_FALSE(closest_word("frobnicate", words));
}

TEST_CASE("an error keeps its context, its innermost exit code and its hint") {
    try {
        while_doing("installing go1.22.6", [] {
            while_doing("unpacking",
                        [] { throw Error{"CRC mismatch", "try again", ExitCode::verification}; });
        });
        FAIL("nothing thrown");
    } catch (const std::exception& error) {
        CHECK(full_message(error) == "installing go1.22.6: unpacking: CRC mismatch");
        CHECK(hint_of(error) == "try again");
        CHECK(exit_code_of(error) == ExitCode::verification);
    }
}
