// SPDX-License-Identifier: Apache-2.0
#include "cli/parse.hpp"

#include "base/ascii.hpp"
#include "base/closest_word.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "cli/help.hpp"

// CLI11 includes <iostream>, which makes every start of the program set up the standard streams and
// their locales. Nothing here uses them: what declares them does, and the header is passed over.
// NOLINTNEXTLINE(bugprone-reserved-identifier): libstdc++'s own mark that it was included
#define _GLIBCXX_IOSTREAM 1
#include <istream>
#include <ostream>
namespace std {
extern istream cin;
extern ostream cout;
extern ostream cerr;
}  // namespace std

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>

namespace gov::cli {

namespace {

using commands::Arguments;
using commands::Command;
using commands::Option;

[[noreturn]] void refuse(const Command& command, const std::string& message,
                         const std::string& hint = {}) {
    throw base::Error{base::format("gov {}: {}", command.name, message),
                      hint.empty() ? usage_line(command) : hint, base::ExitCode::usage};
}

void add_option(CLI::App& parser, const Option& option, Arguments& arguments) {
    std::string names = "--" + std::string{option.name};
    if (option.letter != '\0') names = std::string{"-"} + option.letter + "," + names;
    const std::string name{option.name};
    if (option.value.empty()) {
        parser
            .add_flag_callback(names,
                               [&arguments, name] { arguments.options.emplace_back(name, ""); })
            ->disable_flag_override();
        return;
    }
    parser
        .add_option_function<std::string>(names,
                                          [&arguments, name](const std::string& value) {
                                              arguments.options.emplace_back(name, value);
                                          })
        ->allow_extra_args(false)
        ->trigger_on_parse()
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

// What to say of an option that `command` does not have.
[[noreturn]] void refuse_option(const Command& command, const std::string& word) {
    std::vector<std::string> spelled;
    for (const Option& option : command.options) spelled.push_back("--" + std::string{option.name});
    const std::vector<std::string_view> known{spelled.begin(), spelled.end()};
    const auto nearest = base::closest_word(word, known);
    refuse(command, base::format("there is no option {}", base::printable(word)),
           nearest ? base::format("did you mean {}?", *nearest) : std::string{});
}

// CLI11 takes the next word for the value that is missing here, which a script's empty variable
// would make the wrong one.
void refuse_empty_values(const Command& command, std::span<const std::string_view> words) {
    for (const std::string_view word : words)
        if (word.starts_with("--") && word.find('=') == word.size() - 1)
            refuse(command, base::format("{} has no value", base::printable(word)));
}

// The word at `place`, from 0, of those that `command` must have, as its usage line names it.
std::string name_of_word(const Command& command, std::size_t place) {
    const auto words = base::words_between(' ', command.words);
    const std::string& word = words.at(std::min(place, words.size() - 1));
    const bool is_one_of_some = base::lower_case(word) == word;  // as in: list | install
    return is_one_of_some ? "what to do" : word.substr(0, word.find("..."));
}

void check_count(const Command& command, const Arguments& arguments) {
    if (arguments.words.size() < command.fewest_words)
        refuse(command,
               base::format("{} is missing", name_of_word(command, arguments.words.size())),
               base::format("{}; see gov help {}", usage_line(command), command.name));
    if (arguments.words.size() > command.most_words)
        refuse(command, base::format("one word too many: {}",
                                     base::printable(arguments.words[command.most_words])));
    if (arguments.rest && !command.takes_rest) refuse(command, "nothing can follow \"--\" here");
}

// Takes options and words from `words` by a parser that is built for `command` alone.
void parse_options(const Command& command, std::span<const std::string_view> words,
                   Arguments& arguments) {
    CLI::App parser;
    parser.set_help_flag();
    parser.allow_extras();
    for (const Option& option : command.options) add_option(parser, option, arguments);
    // CLI11 takes its words from the back.
    std::vector<std::string> reversed{words.begin(), words.end()};
    std::ranges::reverse(reversed);
    try {
        parser.parse(reversed);
    } catch (const CLI::Error& error) {
        refuse(command, base::printable(error.what()));
    }
    arguments.words = parser.remaining();
    for (const std::string& word : arguments.words)
        if (word.size() > 1 && word.starts_with('-')) refuse_option(command, word);
}

}  // namespace

Arguments parse(const Command& command, std::span<const std::string_view> words) {
    Arguments arguments;
    const auto separator = std::ranges::find(words, std::string_view{"--"});
    if (separator != words.end()) arguments.rest.emplace(separator + 1, words.end());
    const std::span<const std::string_view> before{words.begin(), separator};
    refuse_empty_values(command, before);
    // Building a parser is a good part of what a short command costs: words alone need none.
    if (std::ranges::any_of(before, [](std::string_view word) { return word.starts_with('-'); }))
        parse_options(command, before, arguments);
    else
        arguments.words.assign(before.begin(), before.end());
    check_count(command, arguments);
    return arguments;
}

}  // namespace gov::cli
