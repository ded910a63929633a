// SPDX-License-Identifier: Apache-2.0
#include "proof/tree.hpp"

#include "base/format.hpp"
#include "proof/hash_text.hpp"
#include "proof/refuse.hpp"

#include <cassert>
#include <set>

namespace gov::proof {

base::Digest Tree::root_of(Range range) {
    if (range == Range{0, head_.size}) return head_.root;
    if (proved_.empty()) prove_edge();
    std::vector<base::Digest> hashes;
    for (const Node node : complete_subtrees(range)) hashes.push_back(hash_of(node));
    return join(hashes);
}

std::vector<base::Digest> Tree::roots_of(const std::vector<Range>& ranges) {
    std::vector<base::Digest> roots;
    roots.reserve(ranges.size());
    for (const Range range : ranges) roots.push_back(root_of(range));
    return roots;
}

// The edge, and every tile from those of `ahead_` up to it.
std::vector<Tile> Tree::tiles_ahead() const {
    const std::vector<Tile> edge = edge_tiles(head_.size);
    std::set<Tile> wanted{edge.begin(), edge.end()};
    for (const Range range : ahead_)
        for (const Node node : complete_subtrees(range)) {
            Tile tile = tile_of(node, head_.size);
            while (wanted.insert(tile).second) tile = tile_of(root_node(tile), head_.size);
        }
    return {wanted.begin(), wanted.end()};
}

// Every hash in an edge tile takes part in the root; so where the root is right, all of them are.
// Where it is wrong, there is no telling which.
void Tree::prove_edge() {
    const std::vector<Tile> edge = edge_tiles(head_.size);
    tiles_.bring(tiles_ahead());
    base::Digest root = edge_root();
    if (root != head_.root && tiles_.bring_again(edge)) root = edge_root();
    if (root != head_.root)
        refuse(base::format(
            "the log's tiles do not match its head: {} was expected for {} records, {} came",
            to_text(head_.root), head_.size, to_text(root)));
    for (const Tile& tile : edge) accept(tile);
}

base::Digest Tree::edge_root() {
    std::vector<base::Digest> hashes;
    for (const Node node : complete_subtrees({0, head_.size}))
        hashes.push_back(fold_below(node, tiles_.get(tile_of(node, head_.size))));
    return join(hashes);
}

base::Digest Tree::hash_of(Node node) {
    return fold_below(node, proved(tile_of(node, head_.size)));
}

// The parent comes first, always: a tile that was not compared with its parent proves nothing
// (CVE-2026-56865).
const TileHashes& Tree::proved(const Tile& tile) {
    if (const auto found = proved_.find(tile); found != proved_.end()) return found->second;
    assert(tile.is_full());
    const base::Digest expected = hash_of(root_node(tile));
    base::Digest came = fold(tiles_.get(tile));
    if (came != expected && tiles_.bring_again({&tile, 1})) came = fold(tiles_.get(tile));
    if (came != expected)
        refuse(base::format("{} is not the log's: {} was expected for its hashes together, {} came",
                            tile.path(), to_text(expected), to_text(came)));
    return accept(tile);
}

const TileHashes& Tree::accept(const Tile& tile) {
    tiles_.keep(tile);
    return proved_.emplace(tile, tiles_.get(tile)).first->second;
}

}  // namespace gov::proof
