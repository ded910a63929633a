// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"
#include "activation/shell.hpp"
#include "commands/all_commands.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const activation::Shell& shell = activation::require_shell(invocation.arguments.words[0]);
    invocation.output.result(
        activation::hook_text(shell, activation::lasting_path(invocation.environment)));
    return ExitCode::done;
}

}  // namespace

constinit const Command hook_command{
    .name = "hook",
    .topic = Topic::shells,
    .summary = "print the hook that makes the shell follow the pins",
    .words = "SHELL",
    .fewest_words = 1,
    .most_words = 1,
    .completes = WordKind::shell,
    .help =
        "Put one of these lines at the end of the file the shell reads when it starts:\n\n"
        "  ~/.bashrc                    eval \"$(gov hook bash)\"\n"
        "  ~/.zshrc                     eval \"$(gov hook zsh)\"\n"
        "  ~/.config/fish/config.fish   gov hook fish | source\n"
        "  ~/.config/elvish/rc.elv      eval (gov hook elvish | slurp)\n"
        "  ~/.tcshrc                    eval \"`gov hook tcsh`\"\n"
        "  $PROFILE of PowerShell       gov hook pwsh | Out-String | Invoke-Expression\n\n"
        "nushell reads files alone; after each upgrade of gov:\n\n"
        "  gov hook nu | save -f ($nu.user-autoload-dirs.0 | path join gov.nu)\n\n"
        "gov setup does it for you. For direnv:\n\n"
        "  gov hook direnv > ~/.config/direnv/lib/gov.sh    then: use gov",
    .run = run,
};

}  // namespace gov::commands
