// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include <doctest/doctest.h>

using namespace gov::cli;
using gov::commands::all_commands;
using gov::commands::Command;

namespace {

constexpr std::size_t widest = 80;

void check_width(const std::string& text) {
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = text.find('\n', start);
        REQUIRE(end != std::string::npos);  // the last line is a whole line as well
        const std::string line = text.substr(start, end - start);
        CAPTURE(line);
        CHECK(line.size() <= widest);
        CHECK_FALSE(line.ends_with(' '));
        start = end + 1;
    }
}

}  // namespace

TEST_CASE("no help line is over 80 columns") {
    check_width(overview());
    for (const Command* command : all_commands()) check_width(help(*command));
}

TEST_CASE("the overview lists every command with its summary, but gov's own") {
    const std::string text = overview();
    for (const Command* command : all_commands()) {
        CAPTURE(std::string{command->name});
        CHECK((text.find(command->summary) != std::string::npos) == !command->internal);
    }
}

TEST_CASE("a command's help has its usage, its summary and all of its options") {
    for (const Command* command : all_commands()) {
        const std::string text = help(*command);
        CHECK(text.starts_with(usage_line(*command) + "\n"));
        CHECK(text.find(command->summary) != std::string::npos);
        for (const auto& option : command->options)
            CHECK(text.find("--" + std::string{option.name}) != std::string::npos);
        CHECK(text.find("-h, --help") != std::string::npos);
    }
}
