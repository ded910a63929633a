// SPDX-License-Identifier: Apache-2.0
#include "store/uses.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace gov::store;
using gov::tests::Sandbox;

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

struct Home {
    Sandbox sandbox;
    Places places = Places::of(sandbox.environment());

    // The one use that was noted.
    Use only_use() const {
        const auto found = uses(places);
        REQUIRE(found.size() == 1);
        return found[0];
    }
    void age_record(std::chrono::hours age) const {
        fs::last_write_time(only_use().record, fs::file_time_type::clock::now() - age);
    }
};

}  // namespace

TEST_CASE("a use is noted with its toolchain, its file and the time") {
    const Home home;
    CHECK(uses(home.places).empty());
    note_use(home.places, "go1.22.6", "/p/line\nbreak/.gotoolchain.toml");
    const Use use = home.only_use();
    CHECK(use.toolchain == "go1.22.6");
    CHECK(use.file == "/p/line\nbreak/.gotoolchain.toml");
    CHECK(std::chrono::system_clock::now() - use.when < 1min);
}

TEST_CASE("a use is noted at most once a day") {
    const Home home;
    note_use(home.places, "go1.22.6", "/p/.gotoolchain.toml");
    home.age_record(23h);
    const auto before = home.only_use().when;
    note_use(home.places, "go1.22.6", "/p/.gotoolchain.toml");
    CHECK(home.only_use().when == before);
    home.age_record(25h);
    note_use(home.places, "go1.22.6", "/p/.gotoolchain.toml");
    CHECK(home.only_use().when > before);
}

TEST_CASE("a record from a future that a wrong clock had is written again") {
    const Home home;
    note_use(home.places, "go1.22.6", {});
    home.age_record(-1000h);
    note_use(home.places, "go1.22.6", {});
    CHECK(home.only_use().when < std::chrono::system_clock::now() + 1min);
}

TEST_CASE("each file and each toolchain has a record of its own") {
    const Home home;
    for (const char* file : {"/p/a", "/p/b", ""})
        for (const char* name : {"go1.22.6", "go1.24.13"}) note_use(home.places, name, file);
    CHECK(uses(home.places).size() == 6);
}

TEST_CASE("what cannot be noted stops nobody") {
    const Home home;
    home.sandbox.write("home/.local/state/gov/uses", "a file in the way");
    note_use(home.places, "go1.22.6", "/p/a");
    CHECK(uses(home.places).empty());
}
