// SPDX-License-Identifier: Apache-2.0
#pragma once
// State: what gov has changed in an environment, as $GOV_STATE carries it to child processes.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::activation {

inline constexpr std::string_view state_variable = "GOV_STATE";

// The variables that gov sets by itself. A state names these and what projects may set; one that
// names others is none of gov's.
inline constexpr std::array<std::string_view, 2> managed_variables{"GOROOT", "GOTOOLCHAIN"};

struct State {
    struct Variable {
        std::string name;
        std::optional<std::string> ours;      // what gov made of it; nullopt: unset
        std::optional<std::string> original;  // what it was before

        bool operator==(const Variable&) const = default;
    };

    std::vector<Variable> variables;
    std::vector<std::string> entries;  // that gov put on PATH, in the order it put them there

    bool operator==(const State&) const = default;
};

// The state as one printable line without blanks: "1;+/entry;NAME=ours<=original", with "=ours" or
// "=original" left out for a variable that is not set. Throws Error (ExitCode::usage) beyond 64
// KiB.
std::string write_state(const State& state);

// The state that write_state spelled as `text`; nullopt for every other text, since the variable
// may come from anywhere.
std::optional<State> parse_state(std::string_view text);

}  // namespace gov::activation
