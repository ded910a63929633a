// SPDX-License-Identifier: Apache-2.0
#pragma once
// Finding: what a rule has to say of an artifact.

#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

enum class Level { note, warning, error };

struct Finding {
    std::string_view rule;  // its id: "machine"; gov(1) lists them
    std::string message;
    Level level = Level::error;
};

using Findings = std::vector<Finding>;

// The highest level among `findings`; Level::note where there is none.
Level worst_of(const Findings& findings) noexcept;

// "note", "warning", "error".
std::string_view name_of(Level level) noexcept;

}  // namespace gov::cross
