// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_standard_input(): what is piped into gov.

#include <cstddef>
#include <string>

namespace gov::base {

// All of standard input. Throws Error: longer than `limit` bytes, or not readable.
std::string read_standard_input(std::size_t limit);

}  // namespace gov::base
