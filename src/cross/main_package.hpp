// SPDX-License-Identifier: Apache-2.0
#pragma once
// MainPackage: the program that a cross build builds.

#include "base/environment.hpp"
#include "base/process.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

struct MainPackage {
    std::string import_path;
    std::filesystem::path directory;
    std::vector<std::string> files;  // that this target compiles, without those of cgo

    // What `go build` names the program: the path's last element that is no major version
    // (DefaultExecName in cmd/go/internal/load/pkg.go), or its first file's name.
    std::string program_name() const;
};

// What go is asked about programs for one target.
struct PackageQuery {
    std::filesystem::path goroot;
    std::filesystem::path directory;
    std::vector<std::string> patterns;
    std::vector<std::string> tags;
    base::Environment environment;  // which names the target
};

// `go list` with `options`.
base::ProcessSpec go_list(const PackageQuery& query, std::vector<std::string> options);

// What go says of the packages that the patterns name, for parse_package_list. Throws Error with
// go's words.
std::string list_packages(const PackageQuery& query);

// Whether the linker's -X can set the package's variable `name`, by its own source. Throws Error
// where that cannot be read.
bool has_string_variable(const MainPackage& package, std::string_view name);

// The programs in what list_packages gave for `patterns`. Throws Error (ExitCode::usage) where a
// pattern without "..." names what is not package main, or nothing is.
std::vector<MainPackage> parse_package_list(std::string_view output,
                                            const std::vector<std::string>& patterns);

}  // namespace gov::cross
