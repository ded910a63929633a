// SPDX-License-Identifier: Apache-2.0
#pragma once
// linker_flags(): the value of -ldflags.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::cross {

// `flags`, then what sets `variables` (names and values). Throws Error (ExitCode::usage) for a
// value that no quotes of Go's can hold.
std::string linker_flags(const std::vector<std::string>& flags,
                         const std::vector<std::pair<std::string, std::string>>& variables);

// The fields of `text` as cmd/internal/quoted has them: one may stand in either kind of quotes, and
// nothing escapes.
std::vector<std::string> split_words(std::string_view text);

// `word` as such a field. Throws Error (ExitCode::usage) where no quotes can hold it.
std::string quoted_word(const std::string& word);

}  // namespace gov::cross
