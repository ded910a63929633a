// SPDX-License-Identifier: Apache-2.0
#pragma once
// Record: what a user has said about a project's file, kept in $XDG_STATE_HOME/gov/trust.

#include "store/places.hpp"
#include "trust/claim.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::trust {

struct Record {
    enum class Word { allowed, denied };

    Word word = Word::denied;
    bool any_owner = false;    // allowed although others could change the files
    std::int64_t said_at = 0;  // seconds since 1970
    Claim claim;               // what was allowed; of what was denied the path alone
};

// The file that holds what was said about the project's file `path` (as claimed_path names it),
// there or not.
std::filesystem::path record_file(const store::Places& places, const std::filesystem::path& path);

// A record as the text of its file, and the record that a text is; nullopt for every other text.
std::string spell_record(const Record& record);
std::optional<Record> parse_record(std::string_view text);

// What was said about `path`; nullopt where nothing was, or it cannot be made sense of. Throws
// Error (ExitCode::not_trusted) where others could have written it.
std::optional<Record> read_record(const store::Places& places, const std::filesystem::path& path);

// Replaces whatever was said about the record's path. Throws Error.
void write_record(const store::Places& places, const Record& record);

// Forgets what was said about `path`. Throws Error.
void remove_record(const store::Places& places, const std::filesystem::path& path);

// Everything that was said, by path. Throws Error as read_record does.
std::vector<Record> records(const store::Places& places);

}  // namespace gov::trust
