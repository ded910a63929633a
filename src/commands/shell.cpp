// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;

constexpr std::array options{
    Option{.name = "unset", .value = "", .help = "follow the pins again"},
    Option{.name = "check", .value = "", .help = "only check VERSION and print it"},
    Option{.name = "quiet", .value = "", .help = "with --check: the exit code alone tells"}};

// The version that the session asks for, as it was given.
ExitCode print_session(const Invocation& invocation) {
    const auto version = invocation.environment.non_empty("GOV_VERSION");
    if (!version)
        throw base::Error{"no version is chosen for this session",
                          "choose one with gov shell VERSION", ExitCode::no_release};
    invocation.output.result(base::printable(*version) + "\n");
    return ExitCode::done;
}

// Throws Error where `version` is none or is not installed.
void check(const Invocation& invocation, const std::string& version) {
    if (version.empty())
        throw base::Error{"gov shell: the version is empty", "gov shell VERSION", ExitCode::usage};
    base::Environment environment = invocation.environment;
    environment.set("GOV_VERSION", version);
    activation::require_selection(invocation.directory, environment,
                                  store::Places::of(environment));
}

ExitCode answer_check(const Invocation& invocation, const std::string& version) {
    try {
        check(invocation, version);
    } catch (const base::Error& error) {
        if (!invocation.arguments.has("quiet")) throw;
        return error.code();
    }
    if (!invocation.arguments.has("quiet")) invocation.output.result(version + "\n");
    return ExitCode::done;
}

// A process cannot change the shell it was started from: the hook's function of the same name does.
// What is left for gov itself is to say whether it has.
ExitCode confirm(const Invocation& invocation, const std::optional<std::string>& wanted) {
    if (wanted) check(invocation, *wanted);
    const auto session = invocation.environment.non_empty("GOV_VERSION");
    if (wanted ? session == *wanted : !session) return ExitCode::done;
    throw base::Error{
        "gov shell needs the shell's hook, which is not active here",
        base::format("run gov setup and start a new shell; or here: {}",
                     wanted ? base::format("export GOV_VERSION={}", base::printable(*wanted))
                            : "unset GOV_VERSION"),
        ExitCode::usage};
}

ExitCode run(const Invocation& invocation) {
    const auto& words = invocation.arguments.words;
    const auto has = [&](std::string_view option) { return invocation.arguments.has(option); };
    const bool wrong = has("check") ? words.empty() || has("unset") : has("quiet");
    if (wrong && has("quiet")) return ExitCode::usage;
    if (wrong)
        throw base::Error{"gov shell: --check takes a version, and --quiet goes with it",
                          "gov shell --check VERSION", ExitCode::usage};
    if (has("unset") && !words.empty())
        throw base::Error{"gov shell: --unset takes no version", "gov shell --unset",
                          ExitCode::usage};
    if (has("check")) return answer_check(invocation, words[0]);
    if (has("unset")) return confirm(invocation, std::nullopt);
    return words.empty() ? print_session(invocation) : confirm(invocation, words[0]);
}

}  // namespace

constinit const Command shell_command{
    .name = "shell",
    .topic = Topic::running,
    .summary = "choose the version for this session, or print it",
    .words = "[VERSION]",
    .most_words = 1,
    .completes = WordKind::installed,
    .options = options,
    .help =
        "The session's version outranks every pin. The shell's hook defines a function\n"
        "gov that does this, see gov hook.",
    .run = run,
};

}  // namespace gov::commands
