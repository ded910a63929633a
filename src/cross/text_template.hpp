// SPDX-License-Identifier: Apache-2.0
#pragma once
// expand_template(): names of files and values of variables with places for what is built.

#include <functional>
#include <string>
#include <string_view>

namespace gov::cross {

// `text` with each "{word}" in it replaced by what `value_of` gives for the word; "{{" and "}}"
// stand for braces. Throws Error (ExitCode::usage) for a brace left alone, and what `value_of`
// does.
std::string expand_template(std::string_view text,
                            const std::function<std::string(std::string_view)>& value_of);

}  // namespace gov::cross
