// SPDX-License-Identifier: Apache-2.0
#pragma once
// check_signatures(): the signatures over a folder's checksums.txt.

#include "base/environment.hpp"
#include "cross/artifact/finding.hpp"

#include <filesystem>

namespace gov::cross {

// Rule "release-signature": each signature beside checksums.txt is one over it by `key`: a file
// with a public key of minisign, ssh or gpg, as its signer made it. Without a key, gpg's are by one
// of the user's key ring, and others a warning, since it is not known whose they are. With a key
// there has to be one. The programs get `environment`.
Findings check_signatures(const std::filesystem::path& folder, const std::filesystem::path& key,
                          const base::Environment& environment);

}  // namespace gov::cross
