// SPDX-License-Identifier: Apache-2.0
#pragma once
// dispatch(): from the words of the command line to the exit status.

#include <span>
#include <string_view>

namespace gov::cli {

// Runs what `words` (without the program's name) ask for; `called_as` is argv[0]. Errors are
// reported on standard error. Returns the process's exit status.
int dispatch(std::string_view called_as, std::span<const std::string_view> words);

}  // namespace gov::cli
