// SPDX-License-Identifier: Apache-2.0
#include "activation/start_up.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <algorithm>

namespace gov::activation {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view first_line = "# gov setup: begin\n";
// The text before had no newline at its end.
constexpr std::string_view first_line_after_part = "# gov setup: begin, on a line of its own\n";
constexpr std::string_view last_line = "# gov setup: end\n";

// The statement of each shell that sources a file if it can be read.
struct Sourcing {
    std::string_view shell;
    std::string_view statement;
};
constexpr std::array<Sourcing, 6> sourcing{{
    {"bash", "[ ! -r {0} ] || . {0}"},
    {"zsh", "[ ! -r {0} ] || . {0}"},
    {"fish", "test -r {0}; and source {0}"},
    {"elvish", "use path; if (path:is-regular &follow-symlink=$true {0}) { eval (slurp < {0}) }"},
    {"tcsh", "if (-r {0}) source {0}"},
    {"pwsh", "if (Test-Path -LiteralPath {0}) { . {0} }"},
}};

fs::path file_of(std::string_view shell, const fs::path& home, const fs::path& config,
                 const base::Environment& environment) {
    if (shell == "bash") return home / ".bashrc";
    if (shell == "zsh")
        return fs::path{environment.non_empty("ZDOTDIR").value_or(home.native())} / ".zshrc";
    if (shell == "fish") return config / "fish/config.fish";
    if (shell == "elvish") return config / "elvish/rc.elv";
    if (shell == "tcsh") return home / ".tcshrc";
    if (shell == "pwsh") return config / "powershell/Microsoft.PowerShell_profile.ps1";
    if (shell == "nu") return config / "nushell/autoload/gov.nu";
    if (shell == "direnv") return config / "direnv/lib/gov.sh";
    throw base::Error{base::format("{} reads no file of its own when it starts", shell),
                      "gov setup bash|zsh|fish|elvish|nu|tcsh|pwsh|direnv", base::ExitCode::usage};
}

}  // namespace

StartUp StartUp::of(const Shell& shell, const base::Environment& environment,
                    const store::Places& places) {
    const fs::path config =
        places.config.parent_path();  // beside gov's: the same variable moves it
    const auto home = environment.non_empty("HOME");
    if (!home)
        throw base::Error{"HOME is not set, so that the shell's start-up file cannot be found",
                          "set HOME", base::ExitCode::usage};
    StartUp result;
    result.file = file_of(shell.name, *home, config, environment);
    const auto found = std::ranges::find(sourcing, shell.name, &Sourcing::shell);
    if (found == sourcing.end()) {
        result.hook = result.file;
        return result;
    }
    result.hook = places.config / base::format("hook.{}", shell.name);
    const std::string word = shell.quoted(result.hook.native());
    std::string_view rest = found->statement;
    while (!rest.empty()) {
        const auto place = std::min(rest.find("{0}"), rest.size());
        result.statement += rest.substr(0, place);
        if (place == rest.size()) break;
        result.statement += word;
        rest.remove_prefix(place + 3);
    }
    return result;
}

std::string with_hook_lines(std::string_view text, std::string_view statement) {
    std::string result = without_hook_lines(text).value_or(std::string{text});
    const bool partial = !result.empty() && result.back() != '\n';
    if (partial) result += '\n';
    result += partial ? first_line_after_part : first_line;
    result.append(statement).append("\n").append(last_line);
    return result;
}

std::optional<std::string> without_hook_lines(std::string_view text) {
    for (const std::string_view begin : {first_line, first_line_after_part}) {
        const auto at = text.find(begin);
        const auto end = text.find(last_line, at == std::string_view::npos ? text.size() : at);
        if (end == std::string_view::npos || (at > 0 && text[at - 1] != '\n')) continue;
        const bool partial =
            begin == first_line_after_part && end + last_line.size() == text.size();
        std::string result{text.substr(0, partial ? at - 1 : at)};
        return result.append(text.substr(end + last_line.size()));
    }
    return std::nullopt;
}

std::size_t line_with_hook(std::string_view text) {
    const std::string own = without_hook_lines(text).value_or(std::string{text});
    std::size_t number = 0;
    std::string_view rest = own;
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        ++number;
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (!line.starts_with('#') && line.find("gov hook ") != std::string_view::npos)
            return number;
    }
    return 0;
}

}  // namespace gov::activation
