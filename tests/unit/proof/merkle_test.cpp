// SPDX-License-Identifier: Apache-2.0
#include "proof/merkle.hpp"

#include "proof/tile.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

using namespace gov::proof;
using gov::base::Digest;

TEST_CASE("the tree of 7 leaves in RFC 6962 section 2.1.3 has the paths given there") {
    using Ranges = std::vector<Range>;
    CHECK(audit_path(0, 7) == Ranges{{1, 2}, {2, 4}, {4, 7}});
    CHECK(audit_path(3, 7) == Ranges{{2, 3}, {0, 2}, {4, 7}});
    CHECK(audit_path(4, 7) == Ranges{{5, 6}, {6, 7}, {0, 4}});
    CHECK(audit_path(6, 7) == Ranges{{4, 6}, {0, 4}});
    CHECK(audit_path(0, 1) == Ranges{});
    CHECK(consistency_path(3, 7) == Ranges{{2, 3}, {3, 4}, {0, 2}, {4, 7}});
    CHECK(consistency_path(4, 7) == Ranges{{4, 7}});
    CHECK(consistency_path(6, 7) == Ranges{{4, 6}, {6, 7}, {0, 4}});
    CHECK(consistency_path(7, 7) == Ranges{});
}

TEST_CASE("a range consists of complete subtrees") {
    using Nodes = std::vector<Node>;
    CHECK(complete_subtrees({0, 7}) == Nodes{{2, 0}, {1, 2}, {0, 6}});
    CHECK(complete_subtrees({4, 7}) == Nodes{{1, 2}, {0, 6}});
    CHECK(complete_subtrees({0, 256}) == Nodes{{8, 0}});
    CHECK(complete_subtrees({0, 0}) == Nodes{});
    CHECK(complete_subtrees({0, std::numeric_limits<std::int64_t>::max()}).size() == 63);
}

TEST_CASE("a path of the wrong length, or from outside the tree, leads nowhere") {
    const std::vector<Digest> path(4);
    CHECK(root_above({}, 3, 7, std::span{path}.first(3)));
    CHECK_FALSE(root_above({}, 3, 7, std::span{path}.first(2)));
    CHECK_FALSE(root_above({}, 3, 7, path));
    CHECK_FALSE(root_above({}, 7, 7, std::span{path}.first(3)));
    CHECK_FALSE(root_above({}, -1, 7, std::span{path}.first(3)));
    CHECK_FALSE(root_above({}, 0, 0, {}));
}

TEST_CASE("tiles are named as the database names them") {
    CHECK(Tile{0, 112757, 256}.path() == "/tile/8/0/x112/757");
    CHECK(Tile{1, 1013, 42}.path() == "/tile/8/1/x001/013.p/42");
    CHECK(Tile{2, 3, 245}.path() == "/tile/8/2/003.p/245");
    CHECK(Tile{3, 0, 256}.path() == "/tile/8/3/000");
    CHECK(Tile{4, 1234067, 1}.path() == "/tile/8/4/x001/x234/067.p/1");
}

TEST_CASE("the edge of a log has a tile for each level whose last one is not full") {
    using List = std::vector<Tile>;
    CHECK(edge_tiles(0) == List{});
    CHECK(edge_tiles(1) == List{{0, 0, 1}});
    CHECK(edge_tiles(255) == List{{0, 0, 255}});
    CHECK(edge_tiles(256) == List{{1, 0, 1}});
    CHECK(edge_tiles(257) == List{{0, 1, 1}, {1, 0, 1}});
    CHECK(edge_tiles(65536) == List{{2, 0, 1}});
    CHECK(edge_tiles(65537) == List{{0, 256, 1}, {2, 0, 1}});
    CHECK(edge_tiles(66398721) == List{{0, 259370, 1}, {1, 1013, 42}, {2, 3, 245}, {3, 0, 3}});
    CHECK(edge_tiles(std::numeric_limits<std::int64_t>::max()).size() == 8);
}

TEST_CASE("a node's tile is as wide as the log allows") {
    CHECK(tile_of({0, 28865909}, 66398721) == Tile{0, 112757, 256});
    CHECK(tile_of({0, 66398720}, 66398721) == Tile{0, 259370, 1});
    CHECK(tile_of({7, 0}, 200) == Tile{0, 0, 200});
    CHECK(tile_of({8, 0}, 257) == Tile{1, 0, 1});
    CHECK(tile_of({15, 0}, 65536) == Tile{1, 0, 256});
    CHECK(tile_of({16, 0}, 65536) == Tile{2, 0, 1});
    CHECK(root_node({1, 440, 256}) == Node{16, 440});
}
