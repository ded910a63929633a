// SPDX-License-Identifier: Apache-2.0
#pragma once
// MainPackage: the program that a cross build builds.

#include "base/environment.hpp"

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

// The programs that `patterns` name in `directory`, as `go list` sees them in `environment` (which
// names the target). Throws Error with go's words, or (ExitCode::usage) where a pattern without
// "..." names what is not package main, or nothing is.
std::vector<MainPackage> find_main_packages(const std::filesystem::path& goroot,
                                            const std::filesystem::path& directory,
                                            const std::vector<std::string>& patterns,
                                            const base::Environment& environment);

// Whether the linker's -X can set the package's variable `name`, by its own source. Throws Error
// where that cannot be read.
bool has_string_variable(const MainPackage& package, std::string_view name);

// What `go list` printed in `list_template`'s form. Throws Error as find_main_packages does.
std::vector<MainPackage> parse_package_list(std::string_view output,
                                            const std::vector<std::string>& patterns);

}  // namespace gov::cross
