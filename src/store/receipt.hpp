// SPDX-License-Identifier: Apache-2.0
#pragma once
// Receipt: where an installed release came from and what proved it.

#include "proof/checksum_database.hpp"
#include "store/places.hpp"
#include "toolchain/platform.hpp"

#include <optional>
#include <string>

namespace gov::store {

struct Receipt {
    toolchain::GoVersion version;
    toolchain::Platform platform;
    std::string source;                 // "download" or "proxy"
    std::string url;                    // of the archive, without credentials
    std::string archive_sha256;         // hex
    std::string h1;                     // of the tree, under the toolchain module's names
    std::string proved_by;              // "log", or "index": the download site's SHA-256 alone
    std::optional<proof::Proof> proof;  // the log's, where it proved the release
};

// The receipt of `version`; nullopt where there is none. Throws Error (ExitCode::verification) for
// a damaged one.
std::optional<Receipt> read_receipt(const Places& places, const toolchain::GoVersion& version);

void write_receipt(const Places& places, const Receipt& receipt);

// The text that the release's h1 is the hash of: a line for each file with its SHA-256 and its
// name in the module. Kept so that a later look can name what has changed; h1 guards it.
std::optional<std::string> read_manifest(const Places& places, const toolchain::GoVersion& version);
void write_manifest(const Places& places, const toolchain::GoVersion& version,
                    std::string_view text);

// Removes receipt and manifest of `version`; it is no error if there are none.
void remove_receipt(const Places& places, const toolchain::GoVersion& version);

}  // namespace gov::store
