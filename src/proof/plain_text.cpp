// SPDX-License-Identifier: Apache-2.0
#include "proof/plain_text.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <ranges>

namespace gov::proof {

bool is_plain_text(std::string_view text) {
    return std::ranges::all_of(std::views::split(text, '\n'), [](const auto& part) {
        const std::string_view line{part.begin(), part.end()};
        return base::printable(line) == line;
    });
}

}  // namespace gov::proof
