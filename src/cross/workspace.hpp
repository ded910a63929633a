// SPDX-License-Identifier: Apache-2.0
#pragma once
// Workspaces: which go.work counts for a directory, and what it is made of.

#include "base/environment.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

// The value of GOWORK that go finds by itself in `directory`: the nearest go.work upward, through
// links, or "off" (findWorkspaceFile in cmd/go/internal/modload/init.go).
std::string workspace_of(const std::filesystem::path& directory);

// The files in the project `directory` that `go mod download` reads there, relative to it: go.mod
// and go.sum, or go.work, go.work.sum and those of its modules, which the go in `goroot` is asked
// for. Throws Error where a module is not below `directory`, or go cannot tell.
std::vector<std::filesystem::path> module_files(const std::filesystem::path& directory,
                                                const std::filesystem::path& goroot,
                                                base::Environment environment);

}  // namespace gov::cross
