// SPDX-License-Identifier: Apache-2.0
#pragma once
// The files of a tree on the disk, each hashed, on all cores.

#include <filesystem>
#include <string>
#include <vector>

namespace gov::download {

struct HashedFile {
    std::string name;  // below the tree's root
    std::string hash;  // hex SHA-256; what it is instead, for what is no file with the right mode
};

// Whether a mode that is not the release's makes a file another one: the checksum database has
// nothing on modes, and the module cache for one has its own.
enum class Modes { count, are_ignored };

// Everything below `root` but directories, in no order. Throws Error for what cannot be read.
std::vector<HashedFile> hash_tree(const std::filesystem::path& root, Modes modes);

}  // namespace gov::download
