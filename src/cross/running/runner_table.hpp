// SPDX-License-Identifier: Apache-2.0
#pragma once
// ProjectRunner, TestTable: what [cross] says about running programs and tests.

#include "cross/target.hpp"
#include "project/toml.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gov::cross {

// How the project runs a target's programs: commands for the shell. `exec` is given the program and
// its arguments as "$@", at its end unless it says where.
struct ProjectRunner {
    std::string exec;
    std::string start = {};
    std::string ready = {};
    std::string stop = {};
    std::optional<std::chrono::seconds> timeout = {};  // for starting, and for stopping
};

// nullopt: as where it is not said otherwise.
struct TestSettings {
    std::optional<std::vector<std::string>> arguments = {};  // of go test
    std::optional<std::chrono::seconds> timeout = {};        // for the tests of one package
    std::map<std::string, std::string> environment = {};     // of the tests

    // Takes what `over` says.
    void apply(const TestSettings& over);
};

// The table [cross.test], and the runners of [cross] and its targets.
struct TestTable {
    std::optional<std::vector<std::string>> targets = {};
    std::optional<std::vector<std::string>> packages = {};
    bool requires_all = false;
    TestSettings settings = {};
    // By patterns of targets, the most specific last.
    std::vector<std::pair<std::string, TestSettings>> for_targets = {};
    std::vector<std::pair<std::string, ProjectRunner>> runners = {};

    TestSettings settings_for(const Target& target) const;
    std::optional<ProjectRunner> runner_for(const Target& target) const;
};

// What the table [cross] of `file` says about it. Throws Error (ExitCode::usage) that names the
// place of what is wrong.
TestTable read_test_table(const project::TomlFile& file);

}  // namespace gov::cross
