// SPDX-License-Identifier: Apache-2.0
#pragma once
// publish(): the output folder made what one build says it is.

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

// The list of what a build left in the output folder, so that the next one can take it away.
inline constexpr const char* artifact_list_name = "artifacts.json";

// Renames all files of `place` into `output`, the list last, and removes there what the list of the
// build before names and this one does not have: an artifact of an earlier build never stays among
// those of this one. `place` is on the file system of `output`. Returns the names of what it
// removed. Throws Error.
std::vector<std::string> publish(const std::filesystem::path& place,
                                 const std::filesystem::path& output);

// The names that the list in `output` has; nothing where there is none, or it is none of gov's.
std::vector<std::string> listed_artifacts(const std::filesystem::path& output);

}  // namespace gov::cross
