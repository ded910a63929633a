// SPDX-License-Identifier: Apache-2.0
#include "proof/tree.hpp"

#include "failure.hpp"
#include "log.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace gov::base;
using namespace gov::proof;
using namespace gov::proof::tests;

namespace {

constexpr std::int64_t sizes[] = {1, 2, 255, 256, 257, 511, 512, 65535, 65536, 65537};
// Three levels of tiles, all of them with an edge.
constexpr std::int64_t three_levels = 65536 + 256 + 77;
constexpr std::int64_t some_record = 41234;

// A log of that size as `server` and `memory` have it.
struct Reading {
    explicit Reading(std::int64_t records = three_levels)
        : size{records}, server{large_log(), records} {}

    // Reads the record's hash; the tiles' worth of one inclusion proof.
    Digest read(std::int64_t id = some_record) {
        Tiles tiles{server, memory};
        Tree tree{{size, large_log().root(size)}, tiles, {{id, id + 1}}};
        return tree.root_of({id, id + 1});
    }

    std::int64_t size;
    Server server;
    MemoryInRam memory;
};

std::vector<std::string> tiles_read(std::int64_t id = some_record) {
    Reading reading;
    reading.read(id);
    return reading.server.asked;
}

std::string genuine(const std::string& path) {
    return *Server{large_log(), three_levels}.fetch(path);
}

bool is_partial(const std::string& path) {
    return path.find(".p/") != std::string::npos;
}

std::string flipped(std::string data, std::size_t bit) {
    data[bit / 8] = static_cast<char>(data[bit / 8] ^ (1 << (bit % 8)));
    return data;
}

std::mt19937_64 random_numbers{20260842};

std::int64_t random_below(std::int64_t limit) {
    return std::uniform_int_distribution<std::int64_t>{0, limit - 1}(random_numbers);
}

void check_reading(std::int64_t size, std::int64_t id, std::int64_t older) {
    CAPTURE(size);
    CAPTURE(id);
    CAPTURE(older);
    Server server{large_log(), size};
    MemoryInRam memory;
    Tiles tiles{server, memory};
    const Digest root = large_log().root(size);
    Tree tree{{size, root}, tiles, {}};
    CHECK(tree.root_of({0, older}) == large_log().root(older));
    const Digest leaf = tree.root_of({id, id + 1});
    CHECK(leaf == leaf_hash(large_log().record(id)));
    CHECK(root_above(leaf, id, size, tree.roots_of(audit_path(id, size))) == root);
}

}  // namespace

TEST_CASE("records and earlier trees are read from trees of every awkward size") {
    for (const std::int64_t size : sizes)
        for (const std::int64_t other : sizes)
            if (other <= size) check_reading(size, other - 1, other);
}

TEST_CASE("records and earlier trees are read from trees of any size") {
    for (int i = 0; i < 200; ++i) {
        const std::int64_t size = 1 + random_below(i % 2 == 0 ? 1000 : large_log().size());
        check_reading(size, random_below(size), 1 + random_below(size));
    }
}

TEST_CASE("all tiles of a proof come in one go, and from the cache the next time") {
    Reading reading;
    reading.read();
    CHECK(reading.server.asked == std::vector<std::string>{"/tile/8/0/161", "/tile/8/0/257.p/77",
                                                           "/tile/8/1/000", "/tile/8/1/001.p/1",
                                                           "/tile/8/2/000.p/1"});
    CHECK(reading.server.batches == 1);
    CHECK(reading.memory.kept == 5);
    reading.read();
    CHECK(reading.server.batches == 1);
    CHECK(reading.memory.kept == 5);
}

TEST_CASE("SU13: one bit changed in one tile is never accepted, whichever tile it is") {
    for (const std::string& path : tiles_read()) {
        const std::string data = genuine(path);
        for (int i = 0; i < 60; ++i) {
            const auto bit = static_cast<std::size_t>(random_below(std::ssize(data) * 8));
            CAPTURE(path);
            CAPTURE(bit);
            Reading reading;
            reading.server.replaced[path] = flipped(data, bit);
            CHECK(is_refused([&] { reading.read(); }));
            CHECK(std::ranges::count(reading.server.asked, path) == 1);
            CHECK_FALSE(reading.memory.tiles.contains(path));
        }
    }
}

TEST_CASE("SU13: a tile of another length is never accepted") {
    for (const std::string& path : tiles_read()) {
        const std::string data = genuine(path);
        const std::size_t size = data.size();
        for (const std::size_t length :
             {std::size_t{0}, std::size_t{1}, std::size_t{31}, size - 32, size - 1, size + 1,
              size + 32, std::size_t{8193}, std::size_t{8224}}) {
            CAPTURE(path);
            CAPTURE(length);
            Reading reading;
            reading.server.replaced[path] = (data + std::string(8224, 'x')).substr(0, length);
            CHECK(is_refused([&] { reading.read(); }));
            CHECK_FALSE(reading.memory.tiles.contains(path));
        }
    }
}

TEST_CASE("SU13: a completed tile serves for a partial one that is gone, by its beginning") {
    // The log is larger than the tree: by now tile 256 of level 0 is full.
    const std::string partial = "/tile/8/0/256.p/77";
    const std::string full = "/tile/8/0/256";
    const std::string data = genuine(full);

    Reading good{65536 + 77};
    good.server.replaced[partial] = std::nullopt;
    CHECK(good.read() == leaf_hash(large_log().record(some_record)));
    CHECK(good.memory.tiles.at(partial) == data.substr(0, 77 * 32));  // all that was proved of it
    CHECK_FALSE(good.memory.tiles.contains(full));

    for (const std::string& wrong : {data.substr(0, 77 * 32), data + "x", data.substr(1),
                                     flipped(data, 76 * 256), std::string{}}) {
        Reading reading{65536 + 77};
        reading.server.replaced[partial] = std::nullopt;
        reading.server.replaced[full] = wrong;
        CHECK(is_refused([&] { reading.read(); }));
    }
    Reading at_the_partial_path{65536 + 77};
    at_the_partial_path.server.replaced[partial] = data;
    CHECK(is_refused([&] { at_the_partial_path.read(); }));
}

TEST_CASE("a tile that the database does not have leaves nothing proved") {
    for (const std::string& path : tiles_read()) {
        CAPTURE(path);
        Reading reading;
        reading.server.replaced[path] = std::nullopt;
        if (is_partial(path)) reading.server.replaced[path.substr(0, path.find(".p/"))] = {};
        CHECK(failure_of([&] { reading.read(); }).code == ExitCode::unreachable);
        CHECK_FALSE(reading.memory.tiles.contains(path));
    }
}

TEST_CASE("SU14: another genuine tile is not accepted in a tile's place") {
    const std::string leaves = "/tile/8/0/161";
    const std::string parents = "/tile/8/1/000";
    for (const std::string& other : {std::string{"/tile/8/0/160"}, std::string{"/tile/8/0/000"}})
        for (const std::string& path : {leaves, parents}) {
            Reading reading;
            reading.server.replaced[path] = genuine(other);
            CHECK(is_refused([&] { reading.read(); }));
        }
    Reading swapped;
    swapped.server.replaced[leaves] = genuine(parents);
    swapped.server.replaced[parents] = genuine(leaves);
    CHECK(is_refused([&] { swapped.read(); }));
}

TEST_CASE("a bad tile in the cache is dropped and fetched once more") {
    for (const std::string& path : tiles_read()) {
        CAPTURE(path);
        Reading reading;
        reading.read();
        for (const std::string& bad : {flipped(genuine(path), 100), std::string{"x"}}) {
            reading.memory.tiles[path] = bad;
            reading.server.asked.clear();
            CHECK(reading.read() == leaf_hash(large_log().record(some_record)));
            // Which of the edge's tiles is bad cannot be told where their lengths are right.
            CHECK(std::ranges::count(reading.server.asked, path) == 1);
            if (!is_partial(path)) CHECK(reading.server.asked.size() == 1);
            CHECK(reading.memory.tiles.at(path) == genuine(path));
        }
    }
}

TEST_CASE("a tile that is bad in the cache and at the database is refused") {
    for (const std::string& path : tiles_read()) {
        CAPTURE(path);
        Reading reading;
        reading.read();
        reading.memory.tiles[path] = flipped(genuine(path), 100);
        reading.server.replaced[path] = flipped(genuine(path), 200);
        reading.server.asked.clear();
        CHECK(is_refused([&] { reading.read(); }));
        CHECK(std::ranges::count(reading.server.asked, path) == 1);
        CHECK_FALSE(reading.memory.tiles.contains(path));
    }
}
