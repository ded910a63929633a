// SPDX-License-Identifier: Apache-2.0
#pragma once
// BuildInfo: what the Go linker wrote into a program about how it was built.

#include "cross/artifact/address_space.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::cross {

struct BuildModule {
    std::string path;
    std::string version;
    std::string sum;  // "h1:…"; empty for the main module and local replacements
    // What was built in its place; empty path: nothing.
    std::string replaced_by;
    std::string replaced_by_version;
    std::string replaced_by_sum;
};

struct BuildInfo {
    std::string go_version;                  // "go1.22.6"
    std::string path;                        // of package main
    std::optional<BuildModule> main_module;  // nullopt: built outside a module
    std::vector<BuildModule> dependencies;
    std::vector<std::pair<std::string, std::string>> settings;  // since Go 1.18, else empty
    bool records_settings = false;  // written by a Go that records settings (1.18 and later)

    // The value of the setting `name` ("GOOS", "-trimpath"); nullopt if it was not recorded.
    std::optional<std::string_view> setting(std::string_view name) const;
};

// The build information in the `size` bytes of the program that are loaded at `address`; nullopt
// where there is none. Throws Error where there is some that cannot be read.
// Format and search as in src/debug/buildinfo/buildinfo.go of Go.
std::optional<BuildInfo> find_build_info(const AddressSpace& program, std::uint64_t address,
                                         std::uint64_t size);

// Reads the text that runtime/debug.BuildInfo.String writes into `info` (ParseBuildInfo in Go's
// src/runtime/debug/mod.go). Throws Error naming the line.
void parse_module_text(std::string_view text, BuildInfo& info);

}  // namespace gov::cross
