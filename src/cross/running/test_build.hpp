// SPDX-License-Identifier: Apache-2.0
#pragma once
// TestBuild: how go test builds the tests of packages for a target: as its programs are built.

#include "cross/cgo/c_plan.hpp"
#include "cross/running/ready_runner.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace gov::cross {

struct TestOptions {
    std::filesystem::path directory;  // where go test runs
    std::vector<std::string> packages{"./..."};
    std::vector<std::string> arguments = {};  // of go test
    BuildSettings settings = {};              // of the target's programs
    CompilerPlaces compilers = {};            // for C code
    // Told now and then what is under way, and why something takes minutes.
    std::function<void(std::string)> tell = [](const std::string&) {};
    std::function<void(std::string)> note = [](const std::string&) {};
};

struct TestBuild {
    base::Environment environment;       // of go
    std::vector<std::string> arguments;  // of go test: -tags, -ldflags
    CPlan c;
};

// With cgo where a package that the tests need has C code, or the settings say so. Throws Error as
// plan_c() does.
TestBuild plan_tests(const RunContext& context, const TestOptions& options);

// Whether C code of programs that are to run here has to be linked statically, since nothing else
// starts. Not where `settings` say which C library is linked.
bool needs_static(const CSettings& settings, const RunContext& context);

}  // namespace gov::cross
