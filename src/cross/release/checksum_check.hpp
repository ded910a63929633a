// SPDX-License-Identifier: Apache-2.0
#pragma once
// check_checksums(): what a folder's checksums.txt says, held against the folder.

#include "cross/artifact/finding.hpp"

#include <filesystem>

namespace gov::cross {

// Whether the folder has a checksums.txt, of gov or another program.
bool has_checksums(const std::filesystem::path& folder);

// Rule "checksum": each file that checksums.txt of `folder` names is there and has that SHA-256.
// Rule "unlisted", a warning: a file beside it is not among them (it itself, its signatures and the
// list artifacts.json cannot be). Throws Error where the folder cannot be read.
Findings check_checksums(const std::filesystem::path& folder);

}  // namespace gov::cross
