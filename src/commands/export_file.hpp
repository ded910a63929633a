// SPDX-License-Identifier: Apache-2.0
#pragma once
// gov export for programs that read variables from a file: json, gha, dotenv, systemd.

#include "commands/command.hpp"

#include <array>
#include <string_view>

namespace gov::commands {

inline constexpr std::array<std::string_view, 4> file_formats{"json", "gha", "dotenv", "systemd"};

// Whether `format` is one of those.
bool is_file_format(std::string_view format);

// Writes what the toolchain in effect sets: "gha" to the files that GitHub Actions names, the
// others to standard output. Throws Error where no toolchain is in effect or a value does not fit.
void export_to_file(const Invocation& invocation, std::string_view format);

}  // namespace gov::commands
