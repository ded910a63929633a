// SPDX-License-Identifier: Apache-2.0
#pragma once
// A release's files: how the toolchain module has them, and the modes they get (cmd/distpack).

#include <string>
#include <string_view>

namespace gov::toolchain {

// Inside a module no file may be called go.mod, so the toolchain module has them as _go.mod: the
// installed file's name for the module's, and the other way round.
std::string installed_name(std::string_view module_name);
std::string module_name(std::string_view installed_name);

// The mode of the file `name`, below the GOROOT: 0755 for programs and scripts, else 0644.
unsigned file_mode(std::string_view name);

// Whether the module has the archive's file `name`: not what is below api, doc, misc and test.
bool is_in_module(std::string_view name);

}  // namespace gov::toolchain
