// SPDX-License-Identifier: Apache-2.0
#include "activation/shell_syntax.hpp"

#include "activation/quoting.hpp"
#include "base/format.hpp"

namespace gov::activation {

namespace {

std::string posix_assigned(std::string_view name, std::string_view value) {
    return base::format("{}={}\n", name, posix_quoted(value));
}

std::string fish_assigned(std::string_view name, std::string_view value) {
    return base::format("set -g {} {}\n", name, fish_quoted(value));
}

std::string posix_tested(std::string_view expression) {
    return base::format("[[ {} ]]", expression);
}

std::string fish_tested(std::string_view expression) {
    return base::format("test {}", expression);
}

std::string posix_has_value(std::string_view variable, const std::optional<std::string>& value) {
    if (!value) return base::format("[[ ! ${{{}+x}} ]]", variable);
    return base::format("[[ ${{{0}+x}} && ${{{0}-}} == {1} ]]", variable, posix_quoted(*value));
}

// A universal variable belongs to all sessions of fish: what is not set is not set in this one.
std::string fish_has_value(std::string_view variable, const std::optional<std::string>& value) {
    if (!value) return base::format("not set -qg {}", variable);
    return base::format("set -q {0}; and test \"${0}\" = {1}", variable, fish_quoted(*value));
}

std::string posix_function(std::string_view name, std::string_view body) {
    return base::format("{}() {{\n{}}}\n", name, body);
}

std::string fish_function(std::string_view name, std::string_view body) {
    return base::format("function {}\n{}end\n", name, body);
}

}  // namespace

constinit const ShellSyntax posix_syntax{.both = " && ",
                                         .quoted = posix_quoted,
                                         .assigned = posix_assigned,
                                         .tested = posix_tested,
                                         .has_value = posix_has_value,
                                         .function = posix_function};

constinit const ShellSyntax fish_syntax{.both = "; and ",
                                        .quoted = fish_quoted,
                                        .assigned = fish_assigned,
                                        .tested = fish_tested,
                                        .has_value = fish_has_value,
                                        .function = fish_function};

}  // namespace gov::activation
