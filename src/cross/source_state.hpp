// SPDX-License-Identifier: Apache-2.0
#pragma once
// SourceState: the commit that a program is built from.

#include "base/environment.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gov::cross {

struct SourceState {
    std::string commit;       // 40 hex digits
    std::string commit_date;  // RFC 3339 in UTC: "2024-05-01T10:00:00Z"
    std::string commit_time;  // seconds since 1970
    std::string tag;          // that names the commit; empty: none does
    std::string described;    // git describe: "v1.2.3", "v1.2.3-4-gabcdef0"; empty: no tag above
    bool modified = false;
};

// Whether a git repository holds `directory`.
bool is_in_repository(const std::filesystem::path& directory);

// The state of the repository that holds `directory`, asked of git in `environment`; nullopt where
// there is no repository, no commit yet or no git.
std::optional<SourceState> find_source_state(const std::filesystem::path& directory,
                                             const base::Environment& environment);

}  // namespace gov::cross
