// SPDX-License-Identifier: Apache-2.0
#pragma once
// workspace_of(): which go.work counts for a directory.

#include <filesystem>
#include <string>

namespace gov::cross {

// The value of GOWORK that go finds by itself in `directory`: the nearest go.work upward, through
// links, or "off" (findWorkspaceFile in cmd/go/internal/modload/init.go).
std::string workspace_of(const std::filesystem::path& directory);

}  // namespace gov::cross
