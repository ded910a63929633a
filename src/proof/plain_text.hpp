// SPDX-License-Identifier: Apache-2.0
#pragma once
// is_plain_text(): what the text of notes and records is made of.

#include <string_view>

namespace gov::proof {

// Whether `text` is lines of UTF-8 that show to a reader all they hold. Go's note.Open refuses
// control characters other than the line break; this refuses also what hides on a terminal.
bool is_plain_text(std::string_view text);

}  // namespace gov::proof
