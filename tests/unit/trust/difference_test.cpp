// SPDX-License-Identifier: Apache-2.0
#include "trust/difference.hpp"

#include <doctest/doctest.h>

using gov::trust::difference;
using Lines = std::vector<std::string>;

TEST_CASE("texts that are the same have no difference") {
    for (const char* text : {"", "a\n", "a\nb"}) CHECK(difference(text, text).empty());
}

TEST_CASE("only the lines that differ are there, removed before added") {
    CHECK(difference("a\nb\nc\n", "a\nx\nc\n") == Lines{"-b", "+x"});
    CHECK(difference("a\nb\n", "a\nn\nb\n") == Lines{"+n"});
    CHECK(difference("a\nb\nc\n", "b\nc\nd\n") == Lines{"-a", "+d"});
    CHECK(difference("", "a\nb\n") == Lines{"+a", "+b"});
    CHECK(difference("a\n", "") == Lines{"-a"});
    CHECK(difference("a\nb\nc\nd\n", "b\nx\nd\na\n") == Lines{"-a", "-c", "+x", "+a"});
}

TEST_CASE("a line's end is part of it") {
    CHECK(difference("a", "a\n") == Lines{"-a (without a line end)", "+a"});
    CHECK(difference("a\r\n", "a\n") == Lines{"-a\r", "+a"});
}

TEST_CASE("texts of sixty thousand lines are compared at once") {
    std::string before;
    std::string after;
    for (int i = 0; i < 60000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const Lines lines = difference("same\n" + before + "end\n", "same\n" + after + "end\n");
    CHECK(lines.size() == 120000);
    CHECK(lines.front() == "-a0");
    CHECK(lines.back() == "+b59999");
}
