// SPDX-License-Identifier: Apache-2.0
#pragma once
// TreeWriter: files written below one directory, hashed on the way.

#include "base/crypto.hpp"
#include "base/unique_fd.hpp"

#include <string>
#include <string_view>

namespace gov::download {

// Makes `name` and, where they are missing, nothing else below the directory `root`. Not below a
// symbolic link. Throws Error.
void make_directory(int root, const std::string& name);

// One new file below `root`. Nothing that exists is ever opened or replaced, and no symbolic link
// is followed. One object serves many files, one after the other, on one thread.
class TreeWriter {
public:
    explicit TreeWriter(int root) noexcept : root_{root} {}

    // Throws Error if the file cannot be made.
    void begin(const std::string& name, unsigned mode);
    void write(base::Bytes data);
    // Closes the file. Returns the SHA-256 of its content.
    base::Digest finish();

private:
    int root_;
    std::string name_;
    base::UniqueFd file_;
    base::Sha256 hash_;
};

}  // namespace gov::download
