// SPDX-License-Identifier: Apache-2.0
#pragma once
// read_c_settings(): the keys of [cross] that are about C code.

#include "cross/cgo/c_settings.hpp"
#include "project/table_reader.hpp"

#include <array>
#include <string_view>

namespace gov::cross {

inline constexpr std::array<std::string_view, 9> c_settings_keys{
    "cgo", "cc", "glibc", "musl", "static", "macos_min", "sdk", "crt", "c_inputs"};

// What `table` says of them. Throws Error (ExitCode::usage) as `reader` does.
CSettings read_c_settings(const project::TableReader& reader,
                          const project::TableReader::Table& table);

}  // namespace gov::cross
