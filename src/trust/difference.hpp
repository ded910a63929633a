// SPDX-License-Identifier: Apache-2.0
#pragma once
// difference(): what changed between two texts, by lines.

#include <string>
#include <string_view>
#include <vector>

namespace gov::trust {

// The lines that only `before` has, after "-", and those that only `after` has, after "+", in their
// order; nothing where they are the same. A line end that is missing or is CRLF counts as a
// difference of its line.
std::vector<std::string> difference(std::string_view before, std::string_view after);

}  // namespace gov::trust
