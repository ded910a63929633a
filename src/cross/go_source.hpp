// SPDX-License-Identifier: Apache-2.0
#pragma once
// The top-level declarations of Go source, as far as the linker's -X is concerned.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

// A variable or constant of a package.
struct GoValue {
    bool is_variable = false;
    bool is_string = false;  // of type string, or without a type
    // What it starts as: string literals, and names of other values; nothing where it has none.
    std::vector<std::string> names;
    bool has_value = false;
    bool is_literal = true;  // its value holds nothing but string literals, names and "+"
};

using GoValues = std::map<std::string, GoValue, std::less<>>;

// Adds the variables and constants that the file with the text `source` declares at its top level.
// Text that is not Go adds what looks like declarations, and never fails.
void add_declarations(std::string_view source, GoValues& values);

// Whether the linker's -X sets the variable `name`: it is a string that starts without a value or
// as a constant (cmd/link's documentation of -X).
bool is_settable(const GoValues& values, std::string_view name);

}  // namespace gov::cross
