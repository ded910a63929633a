// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "activation/shell.hpp"
#include "base/format.hpp"
#include "commands/all_commands.hpp"
#include "commands/export_file.hpp"
#include "cross/targets.hpp"
#include "store/installed.hpp"
#include "store/links.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using Words = std::span<const std::string>;

// What may stand next, each with a word on what it is.
class Candidates {
public:
    explicit Candidates(std::string_view prefix) : prefix_{prefix} {}

    void add(std::string_view word, std::string_view what = {}) {
        if (word.starts_with(prefix_) && !word.empty())
            text_ +=
                what.empty() ? base::format("{}\n", word) : base::format("{}\t{}\n", word, what);
    }
    std::string take() { return std::move(text_); }

private:
    std::string_view prefix_;
    std::string text_;
};

// The first words of the command names that start with the words already there.
void add_commands(Candidates& candidates, std::string_view before) {
    std::string_view last;
    for (const Command* command : all_commands()) {
        if (command->internal || !command->name.starts_with(before)) continue;
        const std::string_view rest = command->name.substr(before.size());
        const std::string_view word = rest.substr(0, rest.find(' '));
        if (word != last)
            candidates.add(word, word == rest ? command->summary : std::string_view{});
        last = word;
    }
}

// The targets of the toolchain in effect; the default ones where there is none.
std::vector<cross::Platform> targets(const Invocation& invocation) {
    try {
        const auto selection = activation::select(invocation.directory, invocation.environment,
                                                  store::Places::of(invocation.environment));
        if (selection && selection->toolchain)
            return cross::known_targets(selection->toolchain->goroot);
    } catch (const base::Error&) {
        return cross::default_targets();
    }
    return cross::default_targets();
}

void add_shells(Candidates& candidates, bool with_hook) {
    std::vector<std::string_view> names;
    for (const activation::Shell& shell : activation::shells())
        if (!with_hook || !shell.hook.empty()) names.push_back(shell.name);
    if (!with_hook) names.insert(names.end(), file_formats.begin(), file_formats.end());
    std::ranges::sort(names);
    for (const std::string_view name : names) candidates.add(name);
}

void add_words(Candidates& candidates, const Command& command, const Invocation& invocation) {
    switch (command.completes) {
        case WordKind::installed:
        case WordKind::release:
            for (const auto& toolchain :
                 store::installed(store::Places::of(invocation.environment)))
                candidates.add(toolchain.version.number());
            for (const auto& toolchain : store::linked(store::Places::of(invocation.environment)))
                candidates.add(toolchain.link);
            break;
        case WordKind::shell:
            add_shells(candidates, command.name == "hook");
            break;
        case WordKind::target:
            for (const cross::Platform& target : targets(invocation)) candidates.add(target.str());
            break;
        case WordKind::command:
            add_commands(candidates, "");
            break;
        case WordKind::none:
        case WordKind::file:
            break;
    }
}

// The command that `words` start with; null where there is none yet.
const Command* command_of(Words words) {
    if (words.size() >= 2)
        if (const Command* command = find_command(words[0] + " " + words[1])) return command;
    return words.empty() ? nullptr : find_command(words[0]);
}

// Whether the word after `before` is none of gov's: it belongs to a command of the user's, or is
// the value of an option.
bool is_beyond_gov(const Command& command, Words before) {
    const auto awaits_value = [&](const Option& option) {
        return !option.value.empty() && (before.back() == base::format("--{}", option.name) ||
                                         before.back() == base::format("-{}", option.letter));
    };
    return std::ranges::find(before, "--") != before.end() ||
           std::ranges::any_of(command.options, awaits_value);
}

void add_options(Candidates& candidates, const Command& command) {
    for (const Option& option : command.options)
        candidates.add(base::format("--{}", option.name), option.help);
    candidates.add("--help", "explain this command");
}

ExitCode run(const Invocation& invocation) {
    const std::vector<std::string> nothing{""};
    const auto& rest = invocation.arguments.rest;
    const std::vector<std::string>& words = rest && !rest->empty() ? *rest : nothing;
    Words before{words.data(), words.size() - 1};
    Candidates candidates{words.back()};
    const bool for_help = !before.empty() && before[0] == "help";
    if (for_help) before = before.subspan(1);
    const Command* command = command_of(before);
    if (command == nullptr) {
        std::string typed;
        for (const std::string& word : before) typed += word + " ";
        add_commands(candidates, typed);
        if (words.size() == 1) candidates.add("help", "explain gov or one of its commands");
    } else if (!for_help && !is_beyond_gov(*command, before)) {
        if (words.back().starts_with('-'))
            add_options(candidates, *command);
        else
            add_words(candidates, *command, invocation);
    }
    invocation.output.result(candidates.take());
    return ExitCode::done;
}

}  // namespace

constinit const Command complete_command{
    .name = "complete",
    .topic = Topic::shells,
    .summary = "print what may stand next on a command line",
    .words = "-- WORD...",
    .takes_rest = true,
    .help =
        "For the completion scripts: the words after gov, the last one unfinished. A\n"
        "candidate a line, with a tab and an explanation where there is one.",
    .run = run,
    .internal = true,
};

}  // namespace gov::commands
