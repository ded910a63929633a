// SPDX-License-Identifier: Apache-2.0
#pragma once
// build_and_install(): a release built on this machine from its source.

#include "base/environment.hpp"
#include "download/installer.hpp"
#include "store/installed.hpp"

#include <filesystem>
#include <optional>

namespace gov::download {

// The oldest Go that can build `version`: from 1.22 on that of two lines before, and the even one
// of a pair (cmd/dist's README, go.dev/issue/54265).
toolchain::GoVersion bootstrap_floor(const toolchain::GoVersion& version);

// The installed release to build `version` with: the oldest that can, which is nearest to what Go
// itself is built with; nullopt where none can.
std::optional<store::Toolchain> find_bootstrap(const store::Places& places,
                                               const toolchain::GoVersion& version);

// What is to be built.
struct SourceOrder {
    toolchain::GoVersion version;
    std::optional<std::filesystem::path> tree;  // of its source; nullopt: get it
};

// Builds a release by its own make.bash and installs what that packs up, unless the release is
// there. From Go 1.21 on builds are reproducible: what was built here has to be, byte for byte,
// what the checksum database knows, or `wishes` do without that. Without a tree, the source is the
// site's src.tar.gz, checked by the https index's SHA-256, or where it has none the source in the
// module, proved by the log. What make.bash prints goes to a file below `state`/logs. Throws Error:
// ExitCode::usage for a release before 1.21, ExitCode::missing_dependency where no installed
// release can build it or there is no bash, and as install() does.
Installed build_and_install(const Settings& settings, const SourceOrder& order,
                            const Wishes& wishes, const base::Environment& environment,
                            Listener& listener);

}  // namespace gov::download
