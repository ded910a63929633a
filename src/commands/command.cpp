// SPDX-License-Identifier: Apache-2.0
#include "commands/command.hpp"

#include <algorithm>
#include <ranges>

namespace gov::commands {

bool Arguments::has(std::string_view option) const noexcept {
    return value(option).has_value();
}

std::optional<std::string_view> Arguments::value(std::string_view option) const noexcept {
    for (const auto& [name, value] : options | std::views::reverse)
        if (name == option) return value;
    return std::nullopt;
}

const Command* find_command(std::string_view name) {
    const auto commands = all_commands();
    const auto found = std::ranges::find(commands, name, &Command::name);
    return found == commands.end() ? nullptr : *found;
}

}  // namespace gov::commands
