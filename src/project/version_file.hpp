// SPDX-License-Identifier: Apache-2.0
#pragma once
// The version files of other version managers: .go-version and .tool-versions.

#include "project/pin_file.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace gov::project {

inline constexpr std::string_view version_file_name = ".go-version";
inline constexpr std::string_view tool_versions_name = ".tool-versions";

// The pin in the text of the .go-version `path`: its one line that is neither empty nor a comment,
// with or without "go" or "v" before the number. Throws Error (ExitCode::usage)
// "path:line:column: what is wrong" with what was expected; also for a file without a version.
Pin parse_version_file(const std::filesystem::path& path, std::string_view text);

// The pin in the text of the .tool-versions `path`: its first line for "golang" or "go", which may
// name several versions, the preferred one first. asdf's latest:1.22 and mise's prefix:1.22 are
// that line; system, ref: and path: are passed over where a version stands beside them. nullopt
// where the file has no such line. Throws Error (ExitCode::usage) as above.
std::optional<Pin> parse_tool_versions(const std::filesystem::path& path, std::string_view text);

}  // namespace gov::project
