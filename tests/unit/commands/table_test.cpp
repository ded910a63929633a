// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "commands/command.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace gov::commands;

namespace {

bool is_lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

TEST_CASE("the commands are sorted by name, and no name stands twice") {
    const auto commands = all_commands();
    REQUIRE_FALSE(commands.empty());
    for (std::size_t i = 1; i < commands.size(); ++i) {
        CAPTURE(std::string{commands[i]->name});
        CHECK(commands[i - 1]->name < commands[i]->name);
    }
}

TEST_CASE("every command is found by its name, and nothing else is") {
    for (const Command* command : all_commands()) CHECK(find_command(command->name) == command);
    for (const char* name : {"", "cross", "instal", "installs", "install ", "Install"})
        CHECK(find_command(name) == nullptr);
}

TEST_CASE("every command has a summary to list and something to run") {
    for (const Command* command : all_commands()) {
        CAPTURE(std::string{command->name});
        CHECK((command->run != nullptr));
        REQUIRE_FALSE(command->summary.empty());
        CHECK(is_lower_or_digit(command->summary.front()));
        CHECK_FALSE(command->summary.ends_with('.'));
        CHECK(command->fewest_words <= command->most_words);
        CHECK(command->words.empty() == (command->most_words == 0 && !command->takes_rest));
        CHECK_FALSE(command->help.ends_with('\n'));
    }
}

TEST_CASE("a command that completes words takes words") {
    for (const Command* command : all_commands()) {
        CAPTURE(std::string{command->name});
        if (command->completes != WordKind::none)
            CHECK((command->most_words > 0 || command->takes_rest));
    }
}

TEST_CASE("options are named once, in the way options are, and explained") {
    for (const Command* command : all_commands()) {
        std::set<std::string_view> names{"help"};
        std::set<char> letters{'h'};
        for (const Option& option : command->options) {
            CAPTURE(std::string{command->name});
            CAPTURE(std::string{option.name});
            CHECK(std::ranges::all_of(option.name, is_lower_or_digit));
            CHECK(names.insert(option.name).second);
            if (option.letter != '\0') CHECK(letters.insert(option.letter).second);
            CHECK_FALSE(option.help.empty());
            CHECK_FALSE(option.help.ends_with('.'));
        }
    }
}

TEST_CASE("the last value given to an option counts") {
    Arguments arguments;
    arguments.options = {{"version", "v1"}, {"json", ""}, {"version", "v2"}};
    CHECK(arguments.value("version") == "v2");
    CHECK(arguments.value("json") == "");
    CHECK(arguments.has("json"));
    CHECK_FALSE(arguments.value("output"));
    CHECK_FALSE(arguments.has("output"));
}
