// SPDX-License-Identifier: Apache-2.0
#include "activation/shell_syntax.hpp"

#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "hook_texts.hpp"

#include <algorithm>
#include <array>

namespace gov::activation {

namespace {

// `text` between single quotes, each character of `special` replaced by `escaped` of it.
template <class Escape>
std::string between_quotes(std::string_view text, const Escape& escape) {
    std::string result = "'";
    for (const char c : text) escape(result, c);
    return result + "'";
}

// POSIX shells have no escapes inside single quotes: leave them for each quote. One word, never
// two quoted strings side by side, which zsh's RC_QUOTES would join by a quote.
std::string posix_quoted(std::string_view text) {
    return between_quotes(text, [](std::string& result, char c) {
        if (c == '\'')
            result += "'\\''";
        else
            result += c;
    });
}

// Inside fish's single quotes a backslash escapes itself and the quote, and nothing else.
std::string fish_quoted(std::string_view text) {
    return between_quotes(text, [](std::string& result, char c) {
        if (c == '\'' || c == '\\') result += '\\';
        result += c;
    });
}

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

constexpr ShellSyntax posix_like(std::string_view name, std::string_view hook) {
    return {.name = name,
            .hook = hook,
            .both = " && ",
            .quoted = posix_quoted,
            .assigned = posix_assigned,
            .tested = posix_tested,
            .has_value = posix_has_value,
            .function = posix_function};
}

constexpr ShellSyntax fish{.name = "fish",
                           .hook = hook_fish,
                           .both = "; and ",
                           .quoted = fish_quoted,
                           .assigned = fish_assigned,
                           .tested = fish_tested,
                           .has_value = fish_has_value,
                           .function = fish_function};

constexpr std::array all_shells{posix_like("bash", hook_bash), posix_like("zsh", hook_zsh), fish};

}  // namespace

std::span<const ShellSyntax> shells() {
    return all_shells;
}

const ShellSyntax& require_shell(std::string_view name) {
    const auto found = std::ranges::find(all_shells, name, &ShellSyntax::name);
    if (found != all_shells.end()) return *found;
    std::array<std::string_view, all_shells.size()> names;
    std::ranges::transform(all_shells, names.begin(), &ShellSyntax::name);
    const auto nearest = base::closest_word(name, names);
    throw base::Error{base::format("there is no hook for the shell {}", base::printable(name)),
                      nearest ? base::format("did you mean {}?", *nearest)
                              : std::string{"there are hooks for bash, zsh and fish"},
                      base::ExitCode::usage};
}

std::string hook_text(const ShellSyntax& shell, std::string_view program) {
    constexpr std::string_view placeholder = "@GOV@";
    std::string text{shell.hook};
    text.replace(text.find(placeholder), placeholder.size(), shell.quoted(program));
    return text;
}

}  // namespace gov::activation
