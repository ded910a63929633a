// SPDX-License-Identifier: Apache-2.0
#pragma once
// TreeWriter: files written below one directory, hashed on the way.

#include "base/crypto.hpp"
#include "base/unique_fd.hpp"
#include "store/shared_files.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gov::download {

// Makes `name` and, where they are missing, nothing else below the directory `root`. Not below a
// symbolic link. Throws Error.
void make_directory(int root, const std::string& name);

// New files below `root`, one after the other, on one thread. Nothing that exists is ever opened or
// replaced, and no symbolic link is followed. A file that is not very large is made when all of its
// content is there: by sharing an installed one where `shared` has the same.
class TreeWriter {
public:
    TreeWriter(int root, const store::SharedFiles& shared) : root_{root}, shared_{shared} {}

    // A file starts that will have `size` bytes.
    void begin(std::string name, unsigned mode, std::uint64_t size);
    // Content that comes in one piece is not copied. Throws Error if the file cannot be made or
    // written, or gets longer than `size`.
    void write(base::Bytes data);
    // The SHA-256 of the file's content. Throws Error as write() does, and where it is too short.
    base::Digest finish();

private:
    void open();
    void close();
    void make(base::Bytes content);
    void put(base::Bytes data);
    bool is_kept_whole() const noexcept;

    int root_;
    const store::SharedFiles& shared_;
    std::string name_;
    unsigned mode_ = 0;
    std::uint64_t size_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t unsent_ = 0;          // bytes that the disk has not been asked to take yet
    std::vector<std::uint8_t> pieces_;  // of a file that did not come in one
    base::UniqueFd file_;
    base::Sha256 hash_;
    base::Digest digest_ = {};
    bool made_ = false;
};

}  // namespace gov::download
