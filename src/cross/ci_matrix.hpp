// SPDX-License-Identifier: Apache-2.0
#pragma once
// CiJob: a target as a job of continuous integration.

#include "base/json.hpp"
#include "cross/target.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

struct CiJob {
    std::string target;       // "linux/arm/7"
    std::string name;         // "linux-arm-7": for artifacts, caches and rules of make
    std::string_view runner;  // the label of GitHub's machine that runs its programs, else Ubuntu's
};

CiJob job_for(const Target& target);

// {"include": [...]}, as a strategy's matrix of GitHub Actions has it.
base::Json github_matrix(const std::vector<Target>& targets);

// [{"TARGET": [...]}], as parallel:matrix of GitLab has it.
base::Json gitlab_matrix(const std::vector<Target>& targets);

}  // namespace gov::cross
