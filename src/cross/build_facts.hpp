// SPDX-License-Identifier: Apache-2.0
#pragma once
// BuildFacts: what names and variables of artifacts can be made of, beside their targets.

#include "cross/cross_table.hpp"
#include "cross/source_state.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gov::cross {

struct BuildFacts {
    std::optional<SourceState> source = {};  // nullopt: no repository, or nothing asks for it
    std::string version = {};                // empty: there is none

    // What `word` ("version", "commit", "short_commit", "commit_date", "commit_time", "tag",
    // "described") stands for. Throws Error (ExitCode::usage) for another word, and where there is
    // no commit.
    std::string value_of(std::string_view word) const;
};

// The facts for a build of `table` with `flags`; git is asked where one of their templates needs
// it. `version` is the command line's; without it the table's counts, and without that what git
// describes.
BuildFacts find_facts(const CrossTable& table, const BuildSettings& flags,
                      const std::optional<std::string>& version,
                      const std::filesystem::path& directory, const base::Environment& environment);

}  // namespace gov::cross
