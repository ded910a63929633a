// SPDX-License-Identifier: Apache-2.0
#pragma once
// Linked toolchains: GOROOTs that gov did not install and proves nothing of, under a name.

#include "store/installed.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::store {

// The toolchain linked as `name`; nullopt where there is none, or its directory no longer holds a
// go. Its version is what its own VERSION file says; a development tree has none, and then it is
// the language version that its source has.
std::optional<Toolchain> find_linked(const Places& places, std::string_view name);

// All that find_linked finds, by name.
std::vector<Toolchain> linked(const Places& places);

// Links the GOROOT `goroot` as `name`, in place of what had the name. Throws Error
// (ExitCode::usage) where no toolchain can be called that (toolchain::can_be_link_name), or no
// toolchain is there.
Toolchain link(const Places& places, const std::string& name, const std::filesystem::path& goroot);

// Forgets `name`, and leaves the directory alone. False where there is no such link.
bool unlink(const Places& places, const std::string& name);

}  // namespace gov::store
