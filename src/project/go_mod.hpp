// SPDX-License-Identifier: Apache-2.0
#pragma once
// The floor that a go.work or go.mod sets under the Go version.

#include "toolchain/go_version.hpp"

#include <filesystem>
#include <optional>
#include <string>
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

// The lines of a go.mod or go.work that have a say in the toolchain, as cmd/go finds them before it
// parses the file (cmd/go/internal/gover/gomod.go: GoModLookup).
struct GoLines {
    std::optional<toolchain::GoVersion> go;  // nullopt also for what Go takes for no version
    std::string go_text;                     // as it is written
    std::size_t go_line = 0;                 // from 1; 0 where there is none
    std::string toolchain;                   // as it is written; empty where there is none
    std::size_t toolchain_line = 0;
};

GoLines read_go_lines(std::string_view text);

// The lines of the file `path`; nullopt where there is no such file. Throws Error where it cannot
// be read.
std::optional<GoLines> read_go_lines_of(const std::filesystem::path& path);

}  // namespace gov::project
