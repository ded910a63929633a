// SPDX-License-Identifier: Apache-2.0
#include "cli/dispatch.hpp"

#include "base/closest_word.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"
#include "commands/command.hpp"
#include "commands/shim.hpp"

#include <algorithm>
#include <utility>

#include <sys/stat.h>

namespace gov::cli {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;
using commands::Command;
using Words = std::span<const std::string_view>;

struct Found {
    const Command* command = nullptr;
    Words arguments;
};

// The command that `words` start with, two-word names first.
Found find(Words words) {
    if (words.size() >= 2 && !words[1].starts_with('-'))
        if (const Command* command =
                commands::find_command(base::format("{} {}", words[0], words[1])))
            return {command, words.subspan(2)};
    return {commands::find_command(words[0]), words.subspan(1)};
}

[[noreturn]] void refuse_unknown(Words words) {
    const bool names_group = !group_overview(words[0]).empty();
    const std::string asked = names_group && words.size() > 1
                                  ? base::format("{} {}", words[0], words[1])
                                  : std::string{words[0]};
    std::vector<std::string_view> names;
    for (const Command* command : commands::all_commands())
        if (!command->internal) names.push_back(command->name);
    const auto nearest = base::closest_word(asked, names);
    throw base::Error{base::format("there is no command {}", base::printable(asked)),
                      nearest       ? base::format("did you mean gov {}?", *nearest)
                      : names_group ? base::format("see gov help {}", words[0])
                                    : std::string{"see gov help"},
                      ExitCode::usage};
}

// Where the user stands, as the shell names it: $PWD if it is this directory, else the kernel's
// name. Throws Error (`code`) where that was deleted.
fs::path current_directory(const base::Environment& environment, ExitCode code) {
    const std::string pwd{environment.get("PWD").value_or("")};
    struct stat named;
    struct stat here;
    if (pwd.starts_with('/') && ::stat(pwd.c_str(), &named) == 0 && ::stat(".", &here) == 0 &&
        named.st_dev == here.st_dev && named.st_ino == here.st_ino)
        return pwd;
    std::error_code gone;
    const fs::path path = fs::current_path(gone);
    if (gone)
        throw base::Error{"the current directory no longer exists", "cd to another one", code};
    return path;
}

bool asks_for_help(Words arguments) {
    for (const std::string_view word : arguments) {
        if (word == "--") return false;
        if (word == "--help" || word == "-h") return true;
    }
    return false;
}

ExitCode print_help(Words words, base::Output& output) {
    // Help itself is no row of the table.
    if (words.empty() || words[0] == "help" || asks_for_help(words.subspan(0, 1))) {
        output.result(overview());
        return ExitCode::done;
    }
    const Found found = find(words);
    if (found.command != nullptr) {
        output.result(help(*found.command));
        return ExitCode::done;
    }
    const std::string group = group_overview(words[0]);
    if (group.empty() || (words.size() > 1 && !asks_for_help(words.subspan(1))))
        refuse_unknown(words);
    output.result(group);
    return ExitCode::done;
}

ExitCode run(Words words, const base::Environment& environment, base::Output& output) {
    if (words.empty()) {
        output.raw_note(overview());
        return ExitCode::usage;
    }
    if (words[0] == "--version") {
        output.result("gov " GOV_VERSION "\n");
        return ExitCode::done;
    }
    if (words[0] == "help" || words[0] == "--help" || words[0] == "-h")
        return print_help(words.subspan(1), output);
    const Found found = find(words);
    if (asks_for_help(found.arguments)) return print_help(words, output);
    if (found.command == nullptr) {
        const std::string group = group_overview(words[0]);
        if (group.empty() || words.size() > 1) refuse_unknown(words);
        output.raw_note(group);
        return ExitCode::usage;
    }
    const commands::Arguments arguments = parse(*found.command, found.arguments);
    // What runs another program returns that one's status: gov's own failures must be told from it.
    const ExitCode code = found.command->takes_rest ? ExitCode::exec_failed : ExitCode::failed;
    return found.command->run(
        {arguments, environment, current_directory(environment, code), output});
}

}  // namespace

int dispatch(std::string_view called_as, Words words) {
    const base::Environment environment = base::Environment::of_process();
    base::Output output{environment};
    const std::string_view name = called_as.substr(called_as.find_last_of('/') + 1);
    try {
        if (commands::is_shim(name))
            commands::run_shim(name, words, environment,
                               [&] { return current_directory(environment, ExitCode::failed); });
        return std::to_underlying(run(words, environment, output));
    } catch (const std::exception& error) {
        output.error(error);
        return std::to_underlying(base::exit_code_of(error));
    }
}

}  // namespace gov::cli
