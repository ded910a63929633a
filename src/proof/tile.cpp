// SPDX-License-Identifier: Apache-2.0
#include "proof/tile.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <span>

namespace gov::proof {

namespace {

// Where the hashes below a node stand: at tile level `level`, `count` of them from `begin` on.
struct Place {
    int level;
    std::int64_t begin;
    std::int64_t count;
};

Place place_of(Node node) {
    const int above = node.level % Tile::height;
    return {node.level / Tile::height, node.index << above, std::int64_t{1} << above};
}

std::int64_t hashes_at(int level, std::int64_t size) {
    return size >> (Tile::height * level);
}

}  // namespace

std::string Tile::path() const {
    // In base 1000; every group of digits but the last has an x before it.
    std::string groups = base::format("{:03}", number % 1000);
    for (std::int64_t rest = number / 1000; rest > 0; rest /= 1000)
        groups = base::format("x{:03}/{}", rest % 1000, groups);
    const std::string part = is_full() ? "" : base::format(".p/{}", width);
    return base::format("/tile/{}/{}/{}{}", height, level, groups, part);
}

Tile tile_of(Node node, std::int64_t size) {
    const Place place = place_of(node);
    const std::int64_t number = place.begin / Tile::full_width;
    const std::int64_t there = hashes_at(place.level, size) - number * Tile::full_width;
    return {place.level, number, static_cast<int>(std::min<std::int64_t>(there, Tile::full_width))};
}

Node root_node(const Tile& tile) {
    return {Tile::height * (tile.level + 1), tile.number};
}

base::Digest fold_below(Node node, const TileHashes& tile) {
    const Place place = place_of(node);
    return fold(std::span{tile}.subspan(static_cast<std::size_t>(place.begin % Tile::full_width),
                                        static_cast<std::size_t>(place.count)));
}

std::vector<Tile> edge_tiles(std::int64_t size) {
    std::vector<Tile> tiles;
    for (int level = 0; Tile::height * level < 63 && hashes_at(level, size) > 0; ++level) {
        const std::int64_t hashes = hashes_at(level, size);
        const auto width = static_cast<int>(hashes % Tile::full_width);
        if (width > 0) tiles.push_back({level, hashes / Tile::full_width, width});
    }
    return tiles;
}

}  // namespace gov::proof
