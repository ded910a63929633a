// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a cross build came to, as a table, as JSON and as lines about what went wrong.

#include "base/json.hpp"
#include "cross/build.hpp"

#include <string>
#include <vector>

namespace gov::cross {

// A line for each target under a line of headings.
std::string table_of(const std::vector<BuildOutcome>& outcomes);

// What all artifacts of a build have in common.
struct ReportHead {
    std::string go_version;
    std::string goroot;
    std::string version;  // empty: none
};

// The head and an object for each outcome.
base::Json json_of(const ReportHead& head, const std::vector<BuildOutcome>& outcomes);

// Printable lines on what went wrong, go's own among them, or nothing; targets with the same
// trouble share them.
std::vector<std::string> troubles_of(const std::vector<BuildOutcome>& outcomes);

}  // namespace gov::cross
