// SPDX-License-Identifier: Apache-2.0
#include "activation/shell.hpp"

#include "activation/quoting.hpp"
#include "activation/statements.hpp"
#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "hook_texts.hpp"

#include <algorithm>
#include <array>

namespace gov::activation {

namespace {

constexpr std::array all_shells{
    Shell{"bash", {}, hook_bash, posix_quoted, &bash_syntax, nullptr},
    Shell{"zsh", {}, hook_zsh, posix_quoted, &zsh_syntax, nullptr},
    Shell{"fish", {}, hook_fish, fish_quoted, &fish_syntax, nullptr},
    Shell{"elvish", {}, hook_elvish, elvish_quoted, nullptr, elvish_statements, true},
    Shell{"nu", {"nushell"}, hook_nu, nushell_quoted, nullptr, nushell_statements, true},
    Shell{"tcsh", {"csh"}, hook_tcsh, tcsh_quoted, nullptr, tcsh_statements, true},
    Shell{
        "pwsh", {"powershell"}, hook_pwsh, powershell_quoted, nullptr, powershell_statements, true},
    Shell{"sh", {"dash", "ksh"}, {}, posix_quoted, nullptr, posix_statements},
    Shell{"direnv", {}, hook_direnv, posix_quoted, nullptr, posix_statements},
};

bool is_called(const Shell& shell, std::string_view name) {
    return !name.empty() &&
           (shell.name == name || std::ranges::find(shell.also, name) != shell.also.end());
}

}  // namespace

std::span<const Shell> shells() {
    return all_shells;
}

const Shell& require_shell(std::string_view name) {
    const auto found = std::ranges::find_if(
        all_shells, [&](const Shell& shell) { return is_called(shell, name); });
    if (found != all_shells.end()) return *found;
    std::array<std::string_view, all_shells.size()> names;
    std::ranges::transform(all_shells, names.begin(), &Shell::name);
    const auto nearest = base::closest_word(name, names);
    std::string list;
    for (const std::string_view known : names)
        list += base::format("{}{}", list.empty() ? "" : ", ", known);
    throw base::Error{
        base::format("gov does not know the shell {}", base::printable(name)),
        nearest ? base::format("did you mean {}?", *nearest) : base::format("it knows {}", list),
        base::ExitCode::usage};
}

std::string hook_text(const Shell& shell, std::string_view program) {
    if (shell.hook.empty())
        throw base::Error{base::format("there is no hook for {}", shell.name),
                          base::format("in scripts: eval \"$(gov export {})\"", shell.name),
                          base::ExitCode::usage};
    constexpr std::string_view placeholder = "@GOV@";
    std::string text{shell.hook};
    text.replace(text.find(placeholder), placeholder.size(), shell.quoted(program));
    return text;
}

}  // namespace gov::activation
