// SPDX-License-Identifier: Apache-2.0
#pragma once
// normalise(): what Go's linker leaves out of a program, or leaves to chance, put right.

#include "cross/artifact/artifact.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gov::cross {

// Changes `file`, which `artifact` was read from, in place, without changing its size: a macOS
// program gets the LC_UUID that it lacks, and the pages of its ad-hoc signature that this changes
// get their new hashes; the time stamps of a Windows program become 0. Nothing is done to one that
// somebody has signed, nor where a header has no room. Returns what was done, such as "LC_UUID";
// doing it again does nothing.
std::vector<std::string> normalise(std::span<std::uint8_t> file, const Artifact& artifact);

// The same for the file `path`.
std::vector<std::string> normalise_file(const std::filesystem::path& path);

// Makes `to` what normalise_file would make of `from`, which stays as it is; a file that needs
// nothing shares its blocks where the file system can do that. Returns what was done. Throws Error.
std::vector<std::string> copy_normalised(const std::filesystem::path& from,
                                         const std::filesystem::path& to);

}  // namespace gov::cross
