// SPDX-License-Identifier: Apache-2.0
#pragma once
// What tests of targets came to, as a table, as JSON, as JUnit's XML and as lines about what
// failed.

#include "base/json.hpp"
#include "cross/running/target_tests.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

// A line for each target under a line of headings.
std::string table_of(const std::vector<TargetTests>& targets);

// The release and an object for each target.
base::Json json_of(std::string_view go_version, const std::vector<TargetTests>& targets);

// Printable lines on what failed or did not run, with what the tests printed.
std::vector<std::string> troubles_of(const std::vector<TargetTests>& targets);

// A suite for each target and package, as CI systems read it: what did not run is an error, and
// what is not XML's characters is left out.
std::string junit_of(std::string_view go_version, const std::vector<TargetTests>& targets);

}  // namespace gov::cross
