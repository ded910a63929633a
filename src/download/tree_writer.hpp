// SPDX-License-Identifier: Apache-2.0
#pragma once
// TreeWriter: files written below one directory, hashed on the way.

#include "base/crypto.hpp"
#include "base/unique_fd.hpp"
#include "store/shared_files.hpp"

#include <string>
#include <vector>

namespace gov::download {

// Makes `name` and, where they are missing, nothing else below the directory `root`. Not below a
// symbolic link. Throws Error.
void make_directory(int root, const std::string& name);

// New files below `root`, one after the other, on one thread. Nothing that exists is ever opened or
// replaced, and no symbolic link is followed. A file that fits the writer's buffer is made when its
// content is known: by sharing an installed one where `shared` has the same.
class TreeWriter {
public:
    TreeWriter(int root, const store::SharedFiles& shared);

    void begin(const std::string& name, unsigned mode);
    // Throws Error if the file cannot be made or written.
    void write(base::Bytes data);
    // The SHA-256 of the file's content. Throws Error as write() does.
    base::Digest finish();

private:
    void flush();

    int root_;
    const store::SharedFiles& shared_;
    std::string name_;
    unsigned mode_ = 0;
    std::vector<std::uint8_t> buffer_;  // what of the file is not written yet
    base::UniqueFd file_;               // open once the buffer has been too small
    base::Sha256 hash_;
};

}  // namespace gov::download
