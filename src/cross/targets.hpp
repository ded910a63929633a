// SPDX-License-Identifier: Apache-2.0
#pragma once
// The targets that a toolchain can build for.

#include "toolchain/platform.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace gov::cross {

using toolchain::Platform;

// What `gov cross build` builds where no target is named.
std::vector<Platform> default_targets();

// The targets of the toolchain in `goroot`, sorted, without those it calls broken: from its source
// (Go 1.21 and later), else by asking `go tool dist list`. Throws Error.
std::vector<Platform> known_targets(const std::filesystem::path& goroot);

// The pairs in the text of internal/platform/zosarch.go that are not marked as broken.
std::vector<Platform> parse_target_table(std::string_view source);

// The target that `text` ("os/arch") names. Throws Error (ExitCode::usage): not among `known`,
// naming the nearest one that is.
Platform require_target(std::string_view text, const std::vector<Platform>& known);

}  // namespace gov::cross
