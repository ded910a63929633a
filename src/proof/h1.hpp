// SPDX-License-Identifier: Apache-2.0
#pragma once
// TreeHash: the hash of a directory tree that go.sum and the checksum database hold ("h1:…").

#include "base/crypto.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::proof {

// Hash1 of golang.org/x/mod/sumdb/dirhash. Directories, modes and times do not count.
class TreeHash {
public:
    // Adds a file, in any order: its whole name as the module's zip spells it and the SHA-256 of
    // its content. Throws Error (ExitCode::verification) for a name with a line break.
    void add(std::string name, const base::Digest& content);

    // The text that the hash is taken of, a line for each file: "<hex SHA-256>  <name>\n", in the
    // order of the names' bytes. The files are then forgotten. Throws Error
    // (ExitCode::verification) where a name was added twice; Go takes the last one's content for
    // both.
    std::string finish_manifest();

    // The hash of the files added, which are then forgotten. Throws as finish_manifest does.
    std::string finish();

private:
    std::vector<std::pair<std::string, base::Digest>> files_;
};

// The hash of the tree whose manifest (TreeHash::finish_manifest) this is.
std::string h1_of_manifest(std::string_view manifest);

// Whether `text` is "h1:" and the base64 of 32 bytes.
bool is_h1(std::string_view text);

}  // namespace gov::proof
