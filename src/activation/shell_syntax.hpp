// SPDX-License-Identifier: Apache-2.0
#pragma once
// ShellSyntax: how a shell whose hook keeps gov's answers spells them.

#include <optional>
#include <string>
#include <string_view>

namespace gov::activation {

struct ShellSyntax {
    std::string_view both;  // between two conditions that must both hold
    // One word that stands for exactly these bytes. No shell can hold a NUL.
    std::string (*quoted)(std::string_view text);
    // A statement: the shell's own variable `name` is `value`.
    std::string (*assigned)(std::string_view name, std::string_view value);
    // A condition: what `test` answers for `expression`, whose words are quoted already.
    std::string (*tested)(std::string_view expression);
    // A condition: `variable` has this value, or is not set.
    std::string (*has_value)(std::string_view variable, const std::optional<std::string>& value);
    // A statement: the function `name` is `body`, a list of lines.
    std::string (*function)(std::string_view name, std::string_view body);
};

extern const ShellSyntax posix_syntax;  // of bash and zsh, whose words here are the same
extern const ShellSyntax fish_syntax;

}  // namespace gov::activation
