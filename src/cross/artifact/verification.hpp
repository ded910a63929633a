// SPDX-License-Identifier: Apache-2.0
#pragma once
// Verification: a file that is there already, checked by every rule.

#include "base/json.hpp"
#include "cross/artifact/artifact_rules.hpp"
#include "cross/artifact/policy_rules.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

struct Verification {
    std::filesystem::path file;
    std::optional<Artifact> artifact;  // nullopt: it could not be read
    Findings findings;                 // "read" is the rule of a file that cannot be read
};

// Checks `file`. `wanted` tells what it should be once it is read. Throws only what `wanted` does,
// whatever the file holds.
Verification verify_file(const std::filesystem::path& file,
                         const std::function<Expectation(const Artifact&)>& wanted,
                         const Policy& policy);

// The files to check in `path`: itself, or what a directory holds, by name and with what is below
// it: programs, by how they start. Throws Error where it cannot be read.
std::vector<std::filesystem::path> programs_in(const std::filesystem::path& path);

base::Json to_json(const Findings& findings);
// `refused`: by the user's measure, who may take warnings for errors.
base::Json to_json(const Verification& verification, bool refused);

}  // namespace gov::cross
