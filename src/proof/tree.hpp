// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tree: reads the hashes of a log from tiles, each proved by the log's head before it is used.

#include "proof/merkle.hpp"
#include "proof/tile.hpp"
#include "proof/tiles.hpp"
#include "proof/tree_head.hpp"

#include <map>
#include <vector>

namespace gov::proof {

// Hashes reach the head's root in one of two ways: those of the edge tiles make it up, and each
// full tile folds to one hash in a tile above it, up to an edge tile.
class Tree {
public:
    // `ahead`: ranges that will be asked for; their tiles are brought together at the first need.
    Tree(const TreeHead& head, Tiles& tiles, std::vector<Range> ahead)
        : head_{head}, tiles_{tiles}, ahead_{std::move(ahead)} {}

    const TreeHead& head() const noexcept { return head_; }

    // The root over `range`, which is not empty and one that complete_subtrees() takes. Throws
    // Error: as Tiles::bring(), or ExitCode::verification where a tile is not the log's.
    base::Digest root_of(Range range);
    std::vector<base::Digest> roots_of(const std::vector<Range>& ranges);

private:
    std::vector<Tile> tiles_ahead() const;
    void prove_edge();
    base::Digest edge_root();
    base::Digest hash_of(Node node);
    const TileHashes& proved(const Tile& tile);
    const TileHashes& accept(const Tile& tile);

    TreeHead head_;
    Tiles& tiles_;
    std::vector<Range> ahead_;
    std::map<Tile, TileHashes> proved_;
};

}  // namespace gov::proof
