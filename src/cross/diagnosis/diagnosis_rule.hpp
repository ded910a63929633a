// SPDX-License-Identifier: Apache-2.0
#pragma once
// DiagnosisRule: a failure that is known: how it shows, what it means and what to do about it.

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace gov::cross {

struct DiagnosisRule {
    std::string_view id;  // stable: people and scripts name it
    // Any of them in a line (match_line); quotes are ASCII there. None: a rule of gov's own, for
    // artifacts.
    std::array<std::string_view, 8> patterns = {};
    // With the patterns' names in braces, and {source} for the line's place: "./a.go:3". "{{" and
    // "}}" are braces.
    std::string_view meaning;
    std::string_view remedy;   // the same
    bool only_32_bit = false;  // not for targets whose int is wider
};

// All rules, in the order in which they are tried: what is special before what is general.
std::vector<const DiagnosisRule*> diagnosis_rules();

// The rule `id`; null where there is none.
const DiagnosisRule* find_rule(std::string_view id);

// The rules by what prints: the recipes in circulation that cannot work, the go command, C
// compilers and linkers, what starts programs, and gov itself.
std::span<const DiagnosisRule> recipe_rules();
std::span<const DiagnosisRule> go_rules();
std::span<const DiagnosisRule> compiler_rules();
std::span<const DiagnosisRule> start_rules();
std::span<const DiagnosisRule> artifact_rules();

}  // namespace gov::cross
