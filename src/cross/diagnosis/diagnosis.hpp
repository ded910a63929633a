// SPDX-License-Identifier: Apache-2.0
#pragma once
// diagnose(): what the messages of a failed build mean, and what to do about them.

#include "cross/diagnosis/diagnosis_rule.hpp"
#include "cross/target.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

struct Diagnosis {
    std::string_view id;
    std::string meaning;
    std::string remedy;
    std::string line = {};        // that showed it; empty: a rule explained by itself
    std::size_t line_number = 0;  // from 1

    bool operator==(const Diagnosis&) const = default;
};

// What is known of `log`, the output of go and of the compilers that it ran: each rule once, in
// the order of diagnosis_rules(), with the first line that shows it; a line shows one rule. Nothing
// where nothing is known. `target` is what was built for, if that is known.
std::vector<Diagnosis> diagnose(std::string_view log, const std::optional<Target>& target = {});

// `rule` by itself, with the names of what differs from case to case in capitals.
Diagnosis explain(const DiagnosisRule& rule);

// The target that a log written by gov was for: its lines "GOOS=" and "GOARCH=".
std::optional<Target> target_of_log(std::string_view log);

}  // namespace gov::cross
