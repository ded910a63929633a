// SPDX-License-Identifier: Apache-2.0
#pragma once
// Statements: changes of variables as programs take them, one after the other.

#include "activation/plan.hpp"

#include <string>
#include <vector>

namespace gov::activation {

// In the words of each shell. Where a hook evaluates them, the last line is its mark of a whole
// text. No name has more than letters, digits and underscores.
std::string posix_statements(const std::vector<Setting>& changes);
std::string elvish_statements(const std::vector<Setting>& changes);
// On one line but for newlines in values: tcsh evaluates one line, and sources a file of several.
std::string tcsh_statements(const std::vector<Setting>& changes);
std::string powershell_statements(const std::vector<Setting>& changes);
// JSON, since nushell evaluates nothing: {"set": {NAME: value}, "unset": [NAME]}, PATH as a list.
std::string nushell_statements(const std::vector<Setting>& changes);

}  // namespace gov::activation
