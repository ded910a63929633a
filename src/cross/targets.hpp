// SPDX-License-Identifier: Apache-2.0
#pragma once
// The targets that a toolchain can build for.

#include "cross/target.hpp"
#include "toolchain/platform.hpp"

#include <filesystem>
#include <string>
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

// The targets that `patterns` name, each once, in their order: "os/arch", "os/arch/VARIANT",
// "linux/*", "*/arm64", "@default", "@first-class", "@all"; "!PATTERN" takes those that were named
// before it away. No pattern: "@default", which is linux/amd64, darwin/arm64 and windows/386.
// Throws Error (ExitCode::usage): a pattern names nothing among `known`, with the nearest target
// that is.
std::vector<Target> expand_targets(const std::vector<std::string>& patterns,
                                   const std::vector<Platform>& known);

// Whether the pattern `text` (as above, of one target) names `target`; one without variant names
// them all.
bool matches(std::string_view text, const Target& target);

// The first-class ports of Go (go.dev/wiki/PortingPolicy).
bool is_first_class(const Platform& platform);

}  // namespace gov::cross
