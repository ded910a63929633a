// SPDX-License-Identifier: Apache-2.0
#pragma once
// verify(): whether a toolchain is still what was proved, or what the checksum database knows.

#include "download/settings.hpp"
#include "store/installed.hpp"
#include "store/receipt.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::download {

// not_covered: what the release's archive has and the checksum database does not know.
enum class Change { changed, missing, extra, not_covered };

struct Difference {
    Change change;
    std::string name;  // below the GOROOT
};

// What `gov verify` found.
struct Verification {
    store::Receipt receipt;               // what the tree was held against
    std::vector<Difference> differences;  // in the order of their names

    // Whether every file that is covered is there as it should be, and nothing else.
    bool is_whole() const noexcept;
};

// Hashes every file of the installed toolchain again, and checks the receipt's proof again, by the
// key of the public checksum database if that made it, else by the one that `gosumdb` (a value of
// GOSUMDB) names. Needs neither a network nor a cache. A mode that is not the release's counts as
// a change. What the receipt itself says was installed without a proof is held against what was
// installed. Throws Error (ExitCode::verification) for a receipt that is missing or does not prove
// what the release needs; where a file cannot be read, ExitCode::failed. By `policy`, what the
// user's config asks now, a receipt without a proof may do for a release that the log has.
Verification verify(const store::Places& places, const store::Toolchain& toolchain,
                    std::string_view gosumdb,
                    project::Config::Verify policy = project::Config::Verify::log);

// Holds any GOROOT against what is installed of the same release, else against the record of the
// checksum database that `settings` names, which is one hash of the whole: then no single file can
// be named, and Error (ExitCode::verification) thrown where they differ. Modes do not count. Throws
// Error: ExitCode::usage where `goroot` is no GOROOT of a release, and as asking the log does.
Verification verify_directory(const Settings& settings, const std::filesystem::path& goroot);

}  // namespace gov::download
