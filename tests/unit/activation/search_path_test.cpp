// SPDX-License-Identifier: Apache-2.0
#include "activation/search_path.hpp"

#include "random_text.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::tests::RandomText;

TEST_CASE("an entry is put before all others") {
    CHECK(with_entry("/usr/bin:/bin", "/go/bin") == "/go/bin:/usr/bin:/bin");
    CHECK(with_entry("", "/go/bin") == "/go/bin:");
    CHECK(with_entry(std::nullopt, "/go/bin") == "/go/bin");
}

TEST_CASE("an entry is taken out wherever it stands, the first one only") {
    CHECK(without_entry("/a:/go:/b", "/go") == "/a:/b");
    CHECK(without_entry("/a:/go", "/go") == "/a");
    CHECK(without_entry("/go:/a", "/go") == "/a");
    CHECK(without_entry("/go:/a:/go", "/go") == "/a:/go");
    CHECK(without_entry(":/go:", "/go") == ":");
    CHECK(without_entry(":/go", "/go") == "");
}

TEST_CASE("a PATH without the entry stays as it is") {
    CHECK(without_entry("/a:/go/bin:/gox:x/go:", "/go") == "/a:/go/bin:/gox:x/go:");
    CHECK(without_entry("", "/go") == "");
    CHECK(without_entry(std::nullopt, "/go") == std::nullopt);
}

TEST_CASE("taking out what was put in gives every PATH back byte for byte") {
    RandomText random{1};
    const std::vector<std::string> pieces{":",   "::", "/",    "/go/bin", "/go",  "/go/bin/",
                                          "bin", " ",  "\n",   "'",       "$(x)", "\xff",
                                          ".",   "~",  "/usr", "\\",      "\t",   "//go/bin"};
    for (int round = 0; round < 20'000; ++round) {
        const std::string path = random.of(pieces, 40);
        CAPTURE(path);
        REQUIRE(without_entry(with_entry(path, "/go/bin"), "/go/bin") == path);
    }
    CHECK(without_entry(with_entry(std::nullopt, "/go/bin"), "/go/bin") == std::nullopt);
}

TEST_CASE("what is not absolute or holds a colon or a newline cannot be an entry") {
    CHECK(can_be_entry("/a b/'$(x)'\xff"));
    for (const char* name : {"", ".", "bin", "/a:b", "/a\nb", "/a\n"}) {
        CAPTURE(name);
        CHECK_FALSE(can_be_entry(name));
    }
}
