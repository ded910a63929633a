// SPDX-License-Identifier: Apache-2.0
#pragma once
// printable(): text from outside, made safe to show on a terminal.

#include <string>
#include <string_view>

namespace gov::base {

// `text` with what could steer a terminal or hide from a reader spelled out: control characters
// and bytes that are not UTF-8 as \xHH, bidirectional and invisible characters as \u{HHHH}.
std::string printable(std::string_view text);

}  // namespace gov::base
