// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gov::cli {

using commands::Command;
using commands::Option;
using commands::Topic;

namespace {

std::string spelled(const Option& option) {
    std::string text = option.letter == '\0' ? "    " : base::format("-{}, ", option.letter);
    text += base::format("--{}", option.name);
    if (!option.value.empty()) text += base::format(" {}", option.value);
    return text;
}

std::string summary_line(const Command& command) {
    return base::format("  {:<15} {}\n", command.name, command.summary);
}

}  // namespace

std::string usage_line(const Command& command) {
    std::string line = base::format("usage: gov {}", command.name);
    if (!command.options.empty()) line += " [OPTION]...";
    if (!command.words.empty()) line += base::format(" {}", command.words);
    return line;
}

std::string help(const Command& command) {
    std::string text =
        base::format("{}\n\ngov {}: {}\n", usage_line(command), command.name, command.summary);
    if (!command.help.empty()) text += base::format("\n{}\n", command.help);
    std::size_t width = 0;
    std::vector<std::pair<std::string, std::string_view>> lines;
    for (const Option& option : command.options) lines.emplace_back(spelled(option), option.help);
    lines.emplace_back("-h, --help", "print this help");
    for (const auto& [left, right] : lines) width = std::max(width, left.size());
    text += "\noptions:\n";
    for (const auto& [left, right] : lines)
        text += base::format("  {:<{}}  {}\n", left, width, right);
    return text;
}

std::string overview() {
    constexpr std::array titles{
        std::pair{Topic::toolchains, "toolchains on this machine"},
        std::pair{Topic::projects, "what a directory asks for"},
        std::pair{Topic::running, "running go"},
        std::pair{Topic::shells, "shells, editors and other managers"},
        std::pair{Topic::cross, "programs for other machines"},
    };
    std::string text =
        "gov installs Go releases, gives each directory its own, and cross-builds.\n\n"
        "usage: gov COMMAND [OPTION]... [WORD]...\n";
    for (const auto& [topic, title] : titles) {
        text += base::format("\n{}:\n", title);
        for (const Command* command : commands::all_commands())
            if (!command->internal && command->topic == topic) text += summary_line(*command);
    }
    text +=
        "\n"
        "gov COMMAND --help says more about one of them. The manual is gov(1), the pin\n"
        "file is described in gotoolchain.toml(5), exit codes in gov-exit-codes(7).\n\n"
        "New here?  gov install go1.22.6 && gov use 1.22.6, then: eval \"$(gov hook bash)\"\n";
    return text;
}

std::string group_overview(std::string_view group) {
    std::string text;
    for (const Command* command : commands::all_commands())
        if (!command->internal && command->name.starts_with(base::format("{} ", group)))
            text += summary_line(*command);
    if (text.empty()) return text;
    return base::format(
        "usage: gov {0} COMMAND [OPTION]... [WORD]...\n\ncommands:\n{1}\n"
        "gov {0} COMMAND --help says more about one of them.\n",
        group, text);
}

}  // namespace gov::cli
