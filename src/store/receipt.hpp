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
    std::string source;          // "download" or "proxy"
    std::string url;             // of the archive, without credentials; or a directory
    std::string archive_sha256;  // hex
    std::string h1;              // of the tree, under the toolchain module's names
    // "log"; else "index", the download site's SHA-256 alone, "sha256", one that the user gave, or
    // "nothing"
    std::string proved_by;
    std::optional<proof::Proof> proof;  // the log's, where it proved the release
    bool full = false;            // with api, doc, misc and test, which the log does not cover
    bool editable = false;        // shares no file with another toolchain
    std::string built_with = {};  // the release that built it here; empty where none did

    bool is_proved() const noexcept { return proved_by != "nothing"; }
};

// The receipt of `version`; nullopt where there is none. Throws Error (ExitCode::verification) for
// a damaged one, which one that says "nothing" in the place of those that something proved is too.
std::optional<Receipt> read_receipt(const Places& places, const toolchain::GoVersion& version);

// Puts it in the place that Places has for its kind; the other place is empty then. What syncs the
// toolchain (Staging::commit) syncs this.
void write_receipt(const Places& places, const Receipt& receipt);

}  // namespace gov::store
