// SPDX-License-Identifier: Apache-2.0
#pragma once
// The version of gov itself, and what a project's gov_version asks of it.

#include <array>
#include <optional>
#include <string_view>

namespace gov::project {

using ProgramVersion = std::array<unsigned, 3>;  // major, minor, patch

ProgramVersion this_program_version();

// The version that ">=0.3" asks for, with one to three numbers; nullopt for any other text.
std::optional<ProgramVersion> least_version_of(std::string_view requirement);

}  // namespace gov::project
