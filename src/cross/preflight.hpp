// SPDX-License-Identifier: Apache-2.0
#pragma once
// preflight(): what go is about to build for one target, asked before it does.

#include "cross/main_package.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

struct Preflight {
    std::vector<MainPackage> packages;
    // Packages outside the standard library that have C code for this target: a build without cgo
    // leaves it out, and may compile and then fail when it runs.
    std::vector<std::string> with_c_code;
};

// Asks `go list`. What it answers is kept in the file `memory` (empty: nowhere), and told again
// from there as long as every file that the answer depends on is what it was. Throws Error as
// parse_package_list and list_packages do; where go cannot follow the imports, the build will say
// so, and `with_c_code` is empty.
Preflight preflight(const PackageQuery& query, const std::filesystem::path& memory);

// Packages outside the standard library with C code that the tests of the packages of `query` need,
// each once. Empty where go cannot follow the imports: building the tests will say so.
std::vector<std::string> c_code_of_tests(const PackageQuery& query);

}  // namespace gov::cross
