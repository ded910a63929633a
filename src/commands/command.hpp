// SPDX-License-Identifier: Apache-2.0
#pragma once
// Command: one subcommand of gov, its words and its code; the list of all of them.

#include "base/environment.hpp"
#include "base/error.hpp"
#include "base/output.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gov::commands {

// "--name", or "--name VALUE" where `value` names what is expected.
struct Option {
    std::string_view name;   // without the dashes
    std::string_view value;  // empty: a flag
    std::string_view help;   // one line
    char letter = '\0';      // "-x" as well
};

// What the command line said, checked against the command's table.
struct Arguments {
    std::vector<std::string> words;                // before "--", options taken out
    std::optional<std::vector<std::string>> rest;  // after "--"; nullopt where there was none
    std::vector<std::pair<std::string, std::string>> options;  // in order; flags have no value

    bool has(std::string_view option) const noexcept;
    // The last value given to `option`; nullopt where it was not given.
    std::optional<std::string_view> value(std::string_view option) const noexcept;
};

// What a command is given: nothing else is global.
struct Invocation {
    const Arguments& arguments;
    const base::Environment& environment;
    std::filesystem::path directory;  // where the user stands, as the shell names it
    base::Output& output;
};

// What the words of a command are, for completion.
enum class WordKind { none, installed, release, shell, target, command, file };

// What a command is about: `gov help` lists them by it.
enum class Topic { toolchains, projects, running, shells, cross };

struct Command {
    std::string_view name;  // "install", or two words: "cross build"
    Topic topic;
    std::string_view summary;     // one line; also the completion text
    std::string_view words = {};  // of the usage line: "[VERSION]..."
    std::size_t fewest_words = 0;
    std::size_t most_words = 0;
    bool takes_rest = false;  // whether "-- WORD..." may follow
    WordKind completes = WordKind::none;
    std::span<const Option> options = {};
    std::string_view help = {};  // what the summary leaves open, in lines of at most 80 columns
    base::ExitCode (*run)(const Invocation&) = nullptr;
    bool internal = false;  // for gov's own scripts: not listed
};

inline constexpr std::size_t any_number = static_cast<std::size_t>(-1);

// The option that commands which list or report have in common.
inline constexpr Option json_option{
    .name = "json", .value = "", .help = "print JSON, see gov-json(7)"};

// All commands, sorted by name.
std::span<const Command* const> all_commands();

// The command named `name`; null if there is none.
const Command* find_command(std::string_view name);

}  // namespace gov::commands
