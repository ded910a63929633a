// SPDX-License-Identifier: Apache-2.0
#pragma once
// The floor that a go.work or go.mod sets under the Go version.

#include "toolchain/go_version.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace gov::project {

// The lowest Go version that a module or workspace builds with.
struct Floor {
    toolchain::GoVersion version;
    std::filesystem::path file;
};

// The floor that the go.work or go.mod `path` sets; nullopt where it has no `go` line that cmd/go
// would accept, or cannot be read: go itself will say so.
std::optional<Floor> read_floor(const std::filesystem::path& path);

// The version on the first `go` line of a go.mod or go.work (internal/gover/mod.go: GoModLookup).
std::optional<toolchain::GoVersion> go_line(std::string_view text);

}  // namespace gov::project
