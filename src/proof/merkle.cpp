// SPDX-License-Identifier: Apache-2.0
#include "proof/merkle.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace gov::proof {

namespace {

// The two sides of a tree over `range`: the left one is the largest complete subtree that leaves
// something to the right.
struct Halves {
    Range left;
    Range right;
};

Halves halves(Range range) {
    const auto last = static_cast<std::uint64_t>(range.size() - 1);
    const auto middle = range.begin + static_cast<std::int64_t>(std::bit_floor(last));
    return {{range.begin, middle}, {middle, range.end}};
}

}  // namespace

base::Digest leaf_hash(std::string_view record) {
    base::Sha256 hash;
    hash.update(base::as_bytes(std::string_view{"\0", 1}));
    hash.update(base::as_bytes(record));
    return hash.finish();
}

base::Digest node_hash(const base::Digest& left, const base::Digest& right) {
    std::array<std::uint8_t, 65> bytes;
    bytes[0] = 1;
    std::ranges::copy(right, std::ranges::copy(left, bytes.begin() + 1).out);
    return base::sha256(bytes);
}

base::Digest empty_root() {
    return base::sha256({});
}

base::Digest fold(std::span<const base::Digest> hashes) {
    assert(std::has_single_bit(hashes.size()));
    if (hashes.size() == 1) return hashes.front();
    const std::size_t half = hashes.size() / 2;
    return node_hash(fold(hashes.first(half)), fold(hashes.last(half)));
}

std::vector<Node> complete_subtrees(Range range) {
    std::vector<Node> nodes;
    while (range.size() > 0) {
        const auto size = static_cast<std::uint64_t>(range.size());
        const int level = static_cast<int>(std::bit_width(size)) - 1;
        nodes.push_back({level, range.begin >> level});
        range.begin += std::int64_t{1} << level;
    }
    return nodes;
}

base::Digest join(std::span<const base::Digest> subtrees) {
    assert(!subtrees.empty());
    base::Digest root = subtrees.back();
    for (std::size_t i = subtrees.size() - 1; i-- > 0;) root = node_hash(subtrees[i], root);
    return root;
}

std::vector<Range> audit_path(std::int64_t id, std::int64_t size) {
    assert(id >= 0 && id < size);
    std::vector<Range> path;
    for (Range tree{0, size}; tree.size() > 1;) {
        const auto [left, right] = halves(tree);
        const bool in_left = id < left.end;
        path.push_back(in_left ? right : left);
        tree = in_left ? left : right;
    }
    std::ranges::reverse(path);
    return path;
}

std::vector<Range> consistency_path(std::int64_t older, std::int64_t size) {
    assert(older > 0 && older <= size);
    std::vector<Range> path;
    Range tree{0, size};
    while (tree.end != older) {
        const auto [left, right] = halves(tree);
        const bool in_left = older <= left.end;
        path.push_back(in_left ? right : left);
        tree = in_left ? left : right;
    }
    if (tree.begin != 0) path.push_back(tree);  // else it is the older tree, whose root is known
    std::ranges::reverse(path);
    return path;
}

std::optional<base::Digest> root_above(const base::Digest& leaf, std::int64_t id, std::int64_t size,
                                       std::span<const base::Digest> path) {
    if (id < 0 || id >= size) return std::nullopt;
    const std::vector<Range> ranges = audit_path(id, size);
    if (ranges.size() != path.size()) return std::nullopt;
    base::Digest hash = leaf;
    for (std::size_t i = 0; i < path.size(); ++i)
        hash = ranges[i].begin > id ? node_hash(hash, path[i]) : node_hash(path[i], hash);
    return hash;
}

}  // namespace gov::proof
