// SPDX-License-Identifier: Apache-2.0
#include "base/closest_word.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace gov::base {

namespace {

// Levenshtein's distance between `a` and `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace

std::optional<std::string_view> closest_word(std::string_view word,
                                             std::span<const std::string_view> candidates) {
    std::optional<std::string_view> closest;
    if (word.size() > 64) return closest;
    // Two edits let through a swapped pair of letters; short words get one.
    std::size_t fewest = (word.size() < 4 ? 1 : std::max<std::size_t>(2, word.size() / 3)) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t edits = edit_distance(word, candidate);
        if (edits < fewest) {
            fewest = edits;
            closest = candidate;
        }
    }
    return closest;
}

}  // namespace gov::base
