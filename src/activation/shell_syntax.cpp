// SPDX-License-Identifier: Apache-2.0
#include "activation/shell_syntax.hpp"

#include "activation/quoting.hpp"
#include "base/format.hpp"
#include "base/text_lines.hpp"

namespace gov::activation {

namespace {

std::string posix_assigned(std::string_view name, std::string_view value) {
    return base::format("{}={}\n", name, posix_quoted(value));
}

std::string fish_assigned(std::string_view name, std::string_view value) {
    return base::format("set -g {} {}\n", name, fish_quoted(value));
}

// What holds where all of `conditions` do, with `between` for "and".
std::string conjunction(std::span<const std::string> conditions, std::string_view between) {
    return conditions.empty() ? "true" : base::joined(conditions, between);
}

std::string posix_tested(std::string_view expression) {
    return std::string{expression};
}

std::string fish_tested(std::string_view expression) {
    return base::format("test {}", expression);
}

// One [[ ]] costs bash less than several.
std::string posix_all_of(std::span<const std::string> conditions) {
    const std::string text = conjunction(conditions, " && ");
    return conditions.empty() ? text : base::format("[[ {} ]]", text);
}

std::string fish_all_of(std::span<const std::string> conditions) {
    return conjunction(conditions, "; and ");
}

std::string posix_has_value(std::string_view variable, const std::optional<std::string>& value) {
    if (!value) return base::format("! ${{{}+x}}", variable);
    return base::format("${{{0}+x}} && ${{{0}-}} == {1}", variable, posix_quoted(*value));
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

constexpr ShellSyntax posix_syntax(bool missing_is_oldest) {
    return {.missing_is_oldest = missing_is_oldest,
            .quoted = posix_quoted,
            .assigned = posix_assigned,
            .tested = posix_tested,
            .has_value = posix_has_value,
            .all_of = posix_all_of,
            .function = posix_function};
}

}  // namespace

constinit const ShellSyntax bash_syntax = posix_syntax(true);
constinit const ShellSyntax zsh_syntax = posix_syntax(false);

constinit const ShellSyntax fish_syntax{.missing_is_oldest = true,
                                        .quoted = fish_quoted,
                                        .assigned = fish_assigned,
                                        .tested = fish_tested,
                                        .has_value = fish_has_value,
                                        .all_of = fish_all_of,
                                        .function = fish_function};

}  // namespace gov::activation
