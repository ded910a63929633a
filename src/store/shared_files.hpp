// SPDX-License-Identifier: Apache-2.0
#pragma once
// SharedFiles: files that installed toolchains already have, to share their storage.

#include "base/crypto.hpp"
#include "base/unique_fd.hpp"
#include "store/manifest.hpp"
#include "store/places.hpp"

#include <atomic>
#include <string>
#include <vector>

namespace gov::store {

// Patch releases of one line have nearly all of src/ and lib/ in common. What is shared is the
// file itself (a reflink where the file system has them, else a hard link, then without write
// bits), found by name and content; bin/ and pkg/, which people replace, are never shared. All
// functions may be called from several threads.
class SharedFiles {
public:
    // Shares nothing.
    SharedFiles() = default;
    // Looks at the installed releases nearest to `version`, but for those that people edit.
    SharedFiles(const Places& places, const toolchain::GoVersion& version);

    // Makes `name` below the directory `root` an installed file of the same name and mode whose
    // content is `content`, compared byte by byte; false, with nothing made, where there is none.
    // `digest` is the content's SHA-256. Throws Error where the file system refuses a new name.
    bool link(int root, const std::string& name, unsigned mode, const base::Digest& digest,
              base::Bytes content) const;

    // Whether there is another patch release of the same line, which has nearly the same files.
    bool has_same_line() const noexcept { return has_same_line_; }

private:
    struct Toolchain {
        base::UniqueFd root;
        Manifest manifest;
    };

    std::vector<Toolchain> nearest_;
    bool has_same_line_ = false;
    mutable std::atomic<bool> reflinks_ = true;  // false once the file system has refused one
};

}  // namespace gov::store
