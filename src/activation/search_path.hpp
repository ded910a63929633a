// SPDX-License-Identifier: Apache-2.0
#pragma once
// A PATH value edited by entry, every other byte of it kept.

#include <optional>
#include <string>
#include <string_view>

namespace gov::activation {

// Whether `directory` can be an entry of PATH: absolute, without the ':' that ends an entry and
// without newlines, which not every shell brings through.
bool can_be_entry(std::string_view directory);

// `path` with `entry` before all others; a PATH that is not set gets `entry` alone.
std::string with_entry(const std::optional<std::string>& path, std::string_view entry);

// `path` without the first `entry`, as it was before with_entry: nullopt where nothing is left.
std::optional<std::string> without_entry(const std::optional<std::string>& path,
                                         std::string_view entry);

}  // namespace gov::activation
