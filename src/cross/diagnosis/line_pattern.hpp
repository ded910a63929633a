// SPDX-License-Identifier: Apache-2.0
#pragma once
// match_line(): patterns of what programs print, with names for what differs from case to case.

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::cross {

// What a pattern's names stand for in a line.
using Captures = std::vector<std::pair<std::string_view, std::string_view>>;

// Matches a `pattern` such as "cannot find -l{library}" anywhere in `line`; nullopt: it is not
// there. A name stands for as little as possible, at least one character, and for the rest of the
// line at the pattern's end; named once more it stands for the same text.
std::optional<Captures> match_line(std::string_view line, std::string_view pattern);

}  // namespace gov::cross
