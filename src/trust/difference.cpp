// SPDX-License-Identifier: Apache-2.0
#include "trust/difference.hpp"

#include <algorithm>
#include <span>

namespace gov::trust {

namespace {

using Lines = std::vector<std::string_view>;  // with their ends

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
        text.remove_prefix(lines.back().size());
    }
    return lines;
}

std::string marked(char mark, std::string_view line) {
    const bool ended = line.ends_with('\n');
    if (ended) line.remove_suffix(1);
    return mark + std::string{line} + (ended ? "" : " (without a line end)");
}

// How long the longest common subsequence of each pair of tails is.
std::vector<std::size_t> common_lengths(std::span<const std::string_view> before,
                                        std::span<const std::string_view> after) {
    const std::size_t width = after.size() + 1;
    std::vector<std::size_t> lengths((before.size() + 1) * width);
    for (std::size_t i = before.size(); i-- > 0;)
        for (std::size_t j = after.size(); j-- > 0;)
            lengths[i * width + j] = before[i] == after[j] ? lengths[(i + 1) * width + j + 1] + 1
                                                           : std::max(lengths[(i + 1) * width + j],
                                                                      lengths[i * width + j + 1]);
    return lengths;
}

}  // namespace

std::vector<std::string> difference(std::string_view before, std::string_view after) {
    const Lines old_lines = lines_of(before);
    const Lines new_lines = lines_of(after);
    std::span<const std::string_view> old_rest{old_lines};
    std::span<const std::string_view> new_rest{new_lines};
    while (!old_rest.empty() && !new_rest.empty() && old_rest.front() == new_rest.front()) {
        old_rest = old_rest.subspan(1);
        new_rest = new_rest.subspan(1);
    }
    while (!old_rest.empty() && !new_rest.empty() && old_rest.back() == new_rest.back()) {
        old_rest = old_rest.first(old_rest.size() - 1);
        new_rest = new_rest.first(new_rest.size() - 1);
    }
    constexpr std::size_t most_pairs = 4'000'000;  // beyond that everything counts as changed
    const bool compares = old_rest.size() * new_rest.size() <= most_pairs;
    const auto lengths = compares ? common_lengths(old_rest, new_rest) : std::vector<std::size_t>{};
    const std::size_t width = new_rest.size() + 1;
    std::vector<std::string> result;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old_rest.size() || j < new_rest.size()) {
        const bool both = i < old_rest.size() && j < new_rest.size();
        if (both && compares && old_rest[i] == new_rest[j]) {
            ++i;
            ++j;
        } else if (j == new_rest.size() ||
                   (both &&
                    (!compares || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]))) {
            result.push_back(marked('-', old_rest[i++]));
        } else {
            result.push_back(marked('+', new_rest[j++]));
        }
    }
    return result;
}

}  // namespace gov::trust
