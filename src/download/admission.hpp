// SPDX-License-Identifier: Apache-2.0
#pragma once
// admit(): from a tree in staging to an installed toolchain, if it is what it should be.

#include "download/settings.hpp"
#include "download/unpacked.hpp"
#include "proof/proof.hpp"
#include "store/receipt.hpp"
#include "store/workspace.hpp"
#include "toolchain/platform.hpp"

#include <optional>
#include <string>

namespace gov::download {

// A release, and the module that the log knows it as.
struct Target {
    toolchain::GoVersion version;
    toolchain::Platform platform;
    std::string module_version;

    static Target of(const Settings& settings, const toolchain::GoVersion& version);

    // Of every name in the module: "golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64/".
    std::string prefix() const;
    // Whether the log's record also covers the download site's archive: from Go 1.21 on both are
    // cut from one set of files by cmd/distpack.
    bool archive_is_logged() const;
};

// Whether only the log can prove `target`, whatever serves it: the user's config may take less.
bool needs_log(const Settings& settings, const Target& target);

// Where a tree came from, for its receipt.
struct Provenance {
    std::string source;          // "download", "proxy" or "adopted"
    std::string place;           // a URL without credentials, or a directory
    std::string archive_sha256;  // hex; empty where there was no archive
    // What stands for the tree where the log does not: "index", "sha256" or "nothing".
    std::string proved_by = "index";
    bool full = false;  // as in the receipt
    bool editable = false;
    std::string built_with = {};
};

// The receipt of `version` if it is installed whole; nullopt where it is not, and then nothing is
// in the way of installing it: what stands in its place without a receipt went to the trash. The
// caller holds the version's lock.
std::optional<store::Receipt> installed_receipt(const store::Places& places,
                                                const toolchain::GoVersion& version);

// Throws Error where the settings forbid to ask the checksum database: ExitCode::verification where
// GOSUMDB turns it off, ExitCode::unreachable offline.
void check_may_ask_log(const Settings& settings);

// What the checksum database has for `target`. Throws Error as proof::prove and check_may_ask_log
// do.
proof::Proof ask_log(const Settings& settings, const Target& target);

// Gives the tree in `staging`, whose files `unpacked` are, its name among the toolchains, with its
// receipt: if it has the h1 that `proof` has (any where something else stands for it), says
// itself that it is the release, and its go runs on this machine. Throws Error
// (ExitCode::verification) otherwise.
store::Receipt admit(const Settings& settings, const Target& target, Provenance from,
                     const Unpacked& unpacked, std::optional<proof::Proof> proof,
                     store::Staging& staging);

// Refuses a release that is not what the lock of `settings` fixes, if it fixes it: throws Error
// (ExitCode::verification).
void check_lock(const Settings& settings, const store::Receipt& receipt);

}  // namespace gov::download
