// SPDX-License-Identifier: Apache-2.0
#pragma once
// hash_of_inputs(): what C code reads from outside its packages, which go does not look at.

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

// A hash of the files below `directory` that `patterns` name: "inc/**/*.h", where "*" stands for
// what has no slash and "**" for any directories. As part of a compiler's flags it is part of what
// go's cache goes by (golang/go#24355). Throws Error (ExitCode::usage) for a pattern that names
// no file.
std::string hash_of_inputs(const std::filesystem::path& directory,
                           const std::vector<std::string>& patterns);

// Whether `pattern` names the file `name`, both relative, with slashes.
bool matches_path(std::string_view pattern, std::string_view name);

}  // namespace gov::cross
