// SPDX-License-Identifier: Apache-2.0
#pragma once
// preflight(): what go is about to build for one target, asked before it does.

#include "cross/main_package.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

// The C code that a program needs for one target.
struct CCode {
    // Packages outside the standard library that have some: a build without cgo leaves it out, and
    // may compile and then fail when it runs.
    std::vector<std::string> packages;
    bool has_cxx = false;  // C++ among it
};

struct Preflight {
    std::vector<MainPackage> packages;
    CCode c_code;
};

// Asks `go list`. What it answers is kept in the file `memory` (empty: nowhere), and told again
// from there as long as every file that the answer depends on is what it was. Throws Error as
// parse_package_list and list_packages do; where go cannot follow the imports, the build will say
// so, and `c_code` is empty.
Preflight preflight(const PackageQuery& query, const std::filesystem::path& memory);

// The C code that the tests of the packages of `query` need. Empty where go cannot follow the
// imports: building the tests will say so.
CCode c_code_of_tests(const PackageQuery& query);

}  // namespace gov::cross
