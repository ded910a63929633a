// SPDX-License-Identifier: Apache-2.0
#pragma once
// aligned_table(): rows of cells as people read them.

#include "base/format.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace gov::base {

// A line for each row, with two spaces between columns, each as wide as its widest cell but for the
// last.
template <std::size_t columns>
std::string aligned_table(const std::vector<std::array<std::string, columns>>& rows) {
    std::array<std::size_t, columns> widths{};
    for (const auto& row : rows)
        for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], row[i].size());
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i + 1 < columns; ++i)
            text += base::format("{:<{}}  ", row[i], widths[i]);
        text += row[columns - 1] + "\n";
    }
    return text;
}

}  // namespace gov::base
