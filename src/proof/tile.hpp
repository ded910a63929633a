// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tile: the unit in which the database serves the hashes of its log (golang.org/x/mod/sumdb/tlog).

#include "base/crypto.hpp"
#include "proof/merkle.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace gov::proof {

// `width` hashes of tree level 8 * level, from position 256 * number on.
struct Tile {
    static constexpr int height = 8;  // tree levels
    static constexpr int full_width = 1 << height;

    int level;
    std::int64_t number;
    int width;  // less than full_width at the growing edge of the log alone

    constexpr bool is_full() const noexcept { return width == full_width; }
    Tile full() const noexcept { return {level, number, full_width}; }
    // In a file, in bytes.
    constexpr std::size_t size() const noexcept {
        return sizeof(base::Digest) * static_cast<std::size_t>(width);
    }
    // Below the database's address: "/tile/8/0/x112/757", "/tile/8/2/003.p/245".
    std::string path() const;

    auto operator<=>(const Tile&) const = default;
};

using TileHashes = std::vector<base::Digest>;

// The tile of a log of `size` records that has the hashes below `node`, or its own.
Tile tile_of(Node node, std::int64_t size);

// The node that all of `tile` folds to.
Node root_node(const Tile& tile);

// The hash of `node`, from the tile that tile_of() names for it.
base::Digest fold_below(Node node, const TileHashes& tile);

// The tiles that are not full: one at most for each level.
std::vector<Tile> edge_tiles(std::int64_t size);

}  // namespace gov::proof
