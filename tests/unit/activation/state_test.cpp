// SPDX-License-Identifier: Apache-2.0
#include "activation/state.hpp"

#include "random_text.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::tests::RandomText;

TEST_CASE("a state is one line that people can read") {
    const State state{{{"GOROOT", "/v/go1.22.6", "/usr/local/go"}, {"GOTOOLCHAIN", "local", {}}},
                      {"/v/go1.22.6/bin"}};
    CHECK(write_state(state) ==
          "1;+/v/go1.22.6/bin;GOROOT=/v/go1.22.6<=/usr/local/go;GOTOOLCHAIN=local<");
    CHECK(parse_state(write_state(state)) == state);
}

TEST_CASE("not set and empty are different values") {
    for (const auto& ours : {std::optional<std::string>{}, std::optional<std::string>{""}})
        for (const auto& original :
             {std::optional<std::string>{}, std::optional<std::string>{""}}) {
            const State state{{{"GOROOT", ours, original}}, {}};
            CHECK(parse_state(write_state(state)) == state);
        }
}

TEST_CASE("every value comes back byte for byte, in a text that no shell could misread") {
    RandomText random{2};
    std::vector<std::string> pieces;
    for (int byte = 1; byte < 256; ++byte) pieces.emplace_back(1, static_cast<char>(byte));
    for (int round = 0; round < 5'000; ++round) {
        const State state{{{"GOROOT", random.of(pieces, 20), random.of(pieces, 20)}}, {"/a b;<%"}};
        const std::string text = write_state(state);
        REQUIRE(parse_state(text) == state);
        REQUIRE(text.find_first_of(" '\"\\$`!\n\t*?&|()#~") == std::string::npos);
    }
}

TEST_CASE("what gov did not write is no state") {
    for (const char* text : {
             "",
             "0",
             "2;+/a",
             "1;",
             "1;;",
             "1;+",
             "1;+bin",
             "1;+/a%3Ab",  // a colon
             "1;+/a%0Ab",  // a newline
             "1;+/%61",    // spelled otherwise than gov spells it
             "1;+/a%",
             "1;+/a%2",
             "1;+/a%zz",
             "1;+/a%2f",
             "1;+/a b",
             "1;GOROOT",
             "1;GOROOT=/a",
             "1;GOROOT=/a=/b",
             "1;GOROOT/a</b",
             "1;GOROOT=/a<b",
             "1;GOROOT=%00<",
             "1;GOROOT=/a<;GOROOT=/b<",
             "1;LD_PRELOAD=/evil.so<",
             "1;PATH=/a<=/b",
             "1;GOPROXY=x<",
             "1;XDG_STATE_HOME=/x<",
             "1;A%3BB=x<",
             "1;1A=x<",
             "1;=x<",
             "1;GOROOT=/a<;+/a",  // entries come first
             "1;+/a;GOTOOLCHAIN=local<\n",
         }) {
        CAPTURE(text);
        CHECK_FALSE(parse_state(text));
    }
    CHECK(parse_state("1") == State{});
    CHECK_FALSE(parse_state(std::string("1;+/a\0", 6)));
    CHECK_FALSE(parse_state("1;+/" + std::string(64 * 1024, 'a')));
}

TEST_CASE("what projects may set can be in a state, and not without end") {
    const State state{{{"APP_HOME", "/p/run", {}}, {"a", {}, "\xff;<=%"}}, {}};
    CHECK(parse_state(write_state(state)) == state);
    const State huge{{{"A", "x", std::string(70'000, 'x')}}, {}};
    CHECK_THROWS(write_state(huge));
    CHECK_FALSE(parse_state("1;A=" + std::string(40'000, '!') + "<"));
}

TEST_CASE("random damage gives a state that can be written again, or none") {
    RandomText random{3};
    const std::string whole =
        write_state({{{"GOROOT", "/v/go1.22.6", "/o ld"}, {"GOTOOLCHAIN", "local", {}}}, {"/v/b"}});
    for (int round = 0; round < 20'000; ++round) {
        std::string text = whole;
        for (std::size_t count = random.below(4) + 1; count > 0; --count)
            text[random.below(text.size())] = static_cast<char>(random.below(256));
        if (const auto state = parse_state(text)) REQUIRE(write_state(*state) == text);
    }
}
