// SPDX-License-Identifier: Apache-2.0
#pragma once
// ShellSyntax: how a shell whose hook keeps gov's answers spells them.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gov::activation {

struct ShellSyntax {
    // Whether -nt and -ot take a missing file for older than any; else they say no where one is.
    bool missing_is_oldest;
    // One word that stands for exactly these bytes. No shell can hold a NUL.
    std::string (*quoted)(std::string_view text);
    // A statement: the shell's own variable `name` is `value`.
    std::string (*assigned)(std::string_view name, std::string_view value);
    // A condition, for all_of: what `test` answers for `expression`, whose words are quoted
    // already.
    std::string (*tested)(std::string_view expression);
    // A condition, for all_of: `variable` has this value, or is not set.
    std::string (*has_value)(std::string_view variable, const std::optional<std::string>& value);
    // A command that succeeds where all of `conditions` hold.
    std::string (*all_of)(std::span<const std::string> conditions);
    // A statement: the function `name` is `body`, a list of lines.
    std::string (*function)(std::string_view name, std::string_view body);
};

extern const ShellSyntax bash_syntax;
extern const ShellSyntax zsh_syntax;  // the same words as bash's
extern const ShellSyntax fish_syntax;

}  // namespace gov::activation
