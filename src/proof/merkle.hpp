// SPDX-License-Identifier: Apache-2.0
#pragma once
// The hash tree of RFC 6962 section 2: which hashes make which.

#include "base/crypto.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gov::proof {

// The records from `begin` on, before `end`.
struct Range {
    std::int64_t begin;
    std::int64_t end;

    std::int64_t size() const noexcept { return end - begin; }
    bool operator==(const Range&) const = default;
};

// A complete subtree: the 2^level records from index * 2^level on.
struct Node {
    int level;
    std::int64_t index;

    bool operator==(const Node&) const = default;
};

base::Digest leaf_hash(std::string_view record);
base::Digest node_hash(const base::Digest& left, const base::Digest& right);
base::Digest empty_root();

// The root of the complete subtree over `hashes`, whose count is a power of two.
base::Digest fold(std::span<const base::Digest> hashes);

// The complete subtrees that `range` consists of, left to right and ever smaller. `range` is one
// of a tree's own: the whole, or one that the functions below return.
std::vector<Node> complete_subtrees(Range range);

// The root over the complete subtrees of a range, given their hashes left to right; at least one.
base::Digest join(std::span<const base::Digest> subtrees);

// The ranges whose roots lead from record `id` up to the root of a tree of `size` records, lowest
// first (section 2.1.1, PATH). `id` is less than `size`.
std::vector<Range> audit_path(std::int64_t id, std::int64_t size);

// The ranges whose roots show that a tree of `size` records starts with one of `older` records,
// lowest first (section 2.1.2, PROOF). `older` is positive and at most `size`.
std::vector<Range> consistency_path(std::int64_t older, std::int64_t size);

// The root of the tree of `size` records in which `path` leads up from record `id` of hash `leaf`;
// nullopt where `id` is outside the tree or the path is not as long as it has to be.
std::optional<base::Digest> root_above(const base::Digest& leaf, std::int64_t id, std::int64_t size,
                                       std::span<const base::Digest> path);

}  // namespace gov::proof
