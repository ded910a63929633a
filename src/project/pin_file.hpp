// SPDX-License-Identifier: Apache-2.0
#pragma once
// A .gotoolchain.toml: read, parsed, and edited in place.

#include "toolchain/version_spec.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

inline constexpr std::string_view pin_file_name = ".gotoolchain.toml";

// What a pin file asks for: a .gotoolchain.toml by its `go` line, or another manager's file.
struct Pin {
    std::vector<toolchain::VersionSpec> specs;  // not empty; the first that is installed counts
    std::filesystem::path file;
    std::size_t line = 0;  // from 1
};

class TomlFile;

// The `go` line of `file`; nullopt where it has none. Throws Error (ExitCode::usage)
// "path:line:column: what is wrong" with what was expected.
std::optional<Pin> pin_of(const TomlFile& file);

// The pin in the text of the pin file `path`, which must be right as a whole; nullopt where it has
// no `go` line.
// Throws Error (ExitCode::usage) "path:line:column: what is wrong" with what was expected.
std::optional<Pin> parse_pin(const std::filesystem::path& path, std::string_view text);

// `text` with its `go` line set to `spec`, everything else as it was; a `go` line is put first
// where there is none. Throws Error as parse_pin does.
std::string with_version(const std::filesystem::path& path, std::string_view text,
                         const toolchain::VersionSpec& spec);

// The pin file's text; nullopt where there is no such file. Throws Error (ExitCode::usage) for one
// that is no readable regular file of at most 64 KiB.
std::optional<std::string> read_pin_file(const std::filesystem::path& path);

}  // namespace gov::project
