// SPDX-License-Identifier: Apache-2.0
#pragma once
// publish(): the output folder made what one build says it is.

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

// The list of what a build left in the output folder, so that the next one can take it away.
inline constexpr const char* artifact_list_name = "artifacts.json";

// Makes `output` what `place`, a folder somewhere in it, is: the files of `place` are there, and
// what the list of the build before names and this one does not have is gone. In one step, so that
// `output` is always the old build or the new one, unless it holds other files, which stay,
// somebody waits in it for this build, or the file system cannot: then file by file, the list last.
// Returns the names of what went. Throws Error.
std::vector<std::string> publish(const std::filesystem::path& place,
                                 const std::filesystem::path& output);

// The names that the list in `output` has; nothing where there is none, or it is none of gov's.
std::vector<std::string> listed_artifacts(const std::filesystem::path& output);

}  // namespace gov::cross
