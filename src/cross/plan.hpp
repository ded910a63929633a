// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plan: every go build of a cross build, with all that it depends on.

#include "base/environment.hpp"
#include "cross/artifact/artifact_rules.hpp"
#include "cross/build_facts.hpp"
#include "cross/cgo/c_plan.hpp"
#include "cross/cross_table.hpp"
#include "cross/main_package.hpp"
#include "cross/target.hpp"
#include "toolchain/collector_settings.hpp"
#include "toolchain/go_version.hpp"

#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

struct PlanRequest {
    std::filesystem::path goroot;
    toolchain::GoVersion go_version;
    base::Environment environment;    // of build_environment()
    std::filesystem::path directory;  // of the project, or where the user stands
    CrossTable table = {};
    BuildSettings flags = {};                     // of the command line: they have the last word
    std::vector<std::string> targets = {};        // of the command line; empty: the table's
    std::optional<std::string> version = {};      // for {version} and main.version
    toolchain::CollectorSettings collector = {};  // of the go commands of builds; none: Go's own
    CompilerPlaces compilers = {};                // for C code
    std::filesystem::path kept =
        {};  // where go's answers stay until they may change; empty: nowhere
};

struct Step {
    Target target;
    std::string build;  // its id; empty where there is but one
    MainPackage package;
    std::vector<std::string> arguments;  // of go, without -o and what follows "--"
    std::string pattern;                 // what go build is given: the package
    base::Environment environment;
    std::string file;            // the artifact's name
    std::string universal_file;  // that of a program for both machines of macOS; else empty
    Expectation wanted;
    std::vector<std::string> unset_variables;  // that were to be set, but are not there
    CPlan c;
    std::vector<std::string> with_c_code;  // as CCode has them, of all programs of its build
    std::exception_ptr failure;            // why it cannot be built; null: it can
};

struct Plan {
    std::vector<Step> steps;
    BuildFacts facts;
    base::Environment environment;   // what the steps have in common
    std::vector<std::string> notes;  // what the user may not expect
};

// Asks go, once a build and target, what it would build, several at once. Throws Error where the
// request itself is wrong (ExitCode::usage), as two artifacts of one name are, or gov was
// interrupted.
Plan make_plan(const PlanRequest& request);

// "{name}-{os}-{arch}{variant}{ext}".
std::string_view default_name() noexcept;

}  // namespace gov::cross
