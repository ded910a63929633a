// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the log holds about a release, and how the database answers when asked for it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gov::proof {

inline constexpr std::size_t max_record_size = 65536;

// An answer to /lookup/. Nothing of it is proved yet.
struct Answer {
    std::int64_t record_id;
    std::string record;
    std::string tree_note;  // of a tree that holds the record
};

// Throws Error (ExitCode::verification) for text that is no answer (tlog.ParseRecord).
Answer parse_answer(std::string_view text);

// Whether `text` is one or more lines of plain text, none of them blank, and not too long.
bool is_record(std::string_view text);

// The one h1 that the lines of `record` have for `module` and `version`. To be called with a
// record that was proved. Throws Error (ExitCode::verification) where there is none or more than
// one: a true record of something else proves nothing here.
std::string h1_in(std::string_view record, std::string_view module, std::string_view version);

}  // namespace gov::proof
