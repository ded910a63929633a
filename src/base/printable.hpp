// SPDX-License-Identifier: Apache-2.0
#pragma once
// printable(): text from outside, made safe to show on a terminal; whether it is UTF-8.

#include <string>
#include <string_view>

namespace gov::base {

// `text` with what could steer a terminal or hide from a reader spelled out: control characters
// and bytes that are not UTF-8 as \xHH, bidirectional and invisible characters as \u{HHHH}.
std::string printable(std::string_view text);

// Whether all of `text` is UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool is_utf8(std::string_view text) noexcept;

}  // namespace gov::base
