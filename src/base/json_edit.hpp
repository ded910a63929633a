// SPDX-License-Identifier: Apache-2.0
#pragma once
// Editing JSON that people write: with comments and trailing commas, as editors have it in their
// settings. What is not edited stays byte for byte.

#include <span>
#include <string>
#include <string_view>

namespace gov::base {

// `text` with the string `value` as the member that `path` leads to through objects: in place of
// its last value there, or as a new last member, for which missing objects are made. An empty text
// is an object without members. New lines are indented and ended as those that are there. Throws
// Error (ExitCode::usage) "line:column: what is wrong" for what cannot be read, and where something
// on the path is no object.
std::string with_json_member(std::string_view text, std::span<const std::string_view> path,
                             std::string_view value);

}  // namespace gov::base
