// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"
#include "activation/start_up.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "commands/all_commands.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using activation::Shell;
using activation::StartUp;
using base::ExitCode;

constexpr std::size_t size_limit = std::size_t{4} * 1024 * 1024;
constexpr std::array options{
    Option{.name = "undo", .value = "", .help = "take the lines away again"},
    Option{.name = "yes", .value = "", .help = "do not ask", .letter = 'y'}};

// One file's old and new text; nullopt: no such file.
struct Edit {
    fs::path file;
    std::optional<std::string> before;
    std::optional<std::string> after;
};

const Shell& shell_of(const Invocation& invocation) {
    if (!invocation.arguments.words.empty())
        return activation::require_shell(invocation.arguments.words[0]);
    const fs::path shell{invocation.environment.non_empty("SHELL").value_or("")};
    if (shell.empty())
        throw base::Error{"gov setup: SHELL is not set", "name the shell: gov setup bash",
                          ExitCode::usage};
    return activation::require_shell(shell.filename().native());
}

// The file itself where `path` is a link to it, as in a directory of dotfiles.
fs::path behind_links(const fs::path& path) {
    std::error_code failure;
    const fs::path real = fs::canonical(path, failure);
    return failure ? path : real;
}

Edit edit_of_start_up(const StartUp& start_up, bool undo) {
    Edit edit{behind_links(start_up.file), base::read_file(start_up.file, size_limit), {}};
    edit.after = edit.before;
    if (!undo) {
        edit.after = activation::with_hook_lines(edit.before.value_or(""), start_up.statement);
    } else if (edit.before) {
        const auto without = activation::without_hook_lines(*edit.before);
        if (without) edit.after = without->empty() ? std::nullopt : without;
    }
    return edit;
}

// The lines that `edit` takes away and adds, and where: they stand together.
std::string difference(const Edit& edit) {
    const std::string before = edit.before.value_or("");
    const std::string after = edit.after.value_or("");
    const auto old_lines = base::lines_of(before);
    const auto new_lines = base::lines_of(after);
    const std::size_t shorter = std::min(old_lines.size(), new_lines.size());
    std::size_t same = 0;
    while (same < shorter && old_lines[same] == new_lines[same]) ++same;
    std::size_t end = 0;
    while (end < shorter - same &&
           old_lines[old_lines.size() - 1 - end] == new_lines[new_lines.size() - 1 - end])
        ++end;
    std::string text =
        base::format("{}, line {}:\n", base::printable(edit.file.native()), same + 1);
    for (std::size_t i = same; i < old_lines.size() - end; ++i)
        text += base::format("- {}\n", base::printable(old_lines[i]));
    for (std::size_t i = same; i < new_lines.size() - end; ++i)
        text += base::format("+ {}\n", base::printable(new_lines[i]));
    return text;
}

bool is_agreed(const Invocation& invocation) {
    if (invocation.arguments.has("yes")) return true;
    if (::isatty(STDIN_FILENO) != 1 || ::isatty(STDERR_FILENO) != 1)
        throw base::Error{"gov setup changes nothing without being told to", "add --yes",
                          ExitCode::usage};
    invocation.output.raw_note("gov: change it? [y/N] ");
    std::string answer;
    char c = '\n';
    while (::read(STDIN_FILENO, &c, 1) == 1 && c != '\n') answer += c;
    return answer == "y" || answer == "yes";
}

// Replaces the file in one step, with the permissions that it had: start-up files hold secrets.
void apply(const Edit& edit) {
    const std::string what = base::format("writing {}", base::printable(edit.file.native()));
    if (edit.before == edit.after) return;
    if (!edit.after) {
        if (::unlink(edit.file.c_str()) != 0) throw base::system_error(what, errno);
        return;
    }
    std::error_code exists;
    fs::create_directories(edit.file.parent_path(), exists);
    struct stat status;
    const mode_t mode = ::stat(edit.file.c_str(), &status) == 0 ? status.st_mode & 07777U : 0644;
    std::string aside = edit.file.native() + ".XXXXXX";
    const base::UniqueFd fd{::mkostemp(aside.data(), O_CLOEXEC)};
    if (!fd) throw base::system_error(what, errno);
    try {
        base::write_all(fd.get(), base::as_bytes(*edit.after), what);
        if (::fchmod(fd.get(), mode) != 0 || ::fsync(fd.get()) != 0 ||
            ::rename(aside.c_str(), edit.file.c_str()) != 0)
            throw base::system_error(what, errno);
    } catch (const base::Error&) {
        ::unlink(aside.c_str());
        throw;
    }
}

Edit edit_of_hook(const StartUp& start_up, const Shell& shell, const Invocation& invocation) {
    Edit edit{start_up.hook, base::read_file(start_up.hook, size_limit), {}};
    const bool is_ours = !edit.before || edit.before->find("gov") != std::string::npos;
    if (!is_ours)
        throw base::Error{base::format("{} is there already and is none of gov's",
                                       base::printable(edit.file.native())),
                          "move it away"};
    if (!invocation.arguments.has("undo"))
        edit.after = activation::hook_text(shell, activation::lasting_path(invocation.environment));
    return edit;
}

ExitCode run(const Invocation& invocation) {
    const Shell& shell = shell_of(invocation);
    const bool undo = invocation.arguments.has("undo");
    const auto places = store::Places::of(invocation.environment);
    const StartUp start_up = StartUp::of(shell, invocation.environment, places);
    const Edit hook = edit_of_hook(start_up, shell, invocation);
    Edit rc{start_up.file, {}, {}};
    if (!start_up.statement.empty()) rc = edit_of_start_up(start_up, undo);
    if (const std::size_t line = activation::line_with_hook(rc.before.value_or(""));
        !undo && line != 0)
        throw base::Error{base::format("{} has the hook already, in line {}",
                                       base::printable(rc.file.native()), line),
                          "take that line out, then run gov setup again"};
    const Edit& shown = start_up.statement.empty() ? hook : rc;
    if (hook.before == hook.after && rc.before == rc.after) {
        invocation.output.note(undo ? "there is nothing to undo" : "it is set up already");
        return ExitCode::done;
    }
    if (shown.before != shown.after) {
        invocation.output.result(start_up.statement.empty()
                                     ? base::format("{} is {}\n",
                                                    base::printable(hook.file.native()),
                                                    undo ? "removed" : "written")
                                     : difference(shown));
        if (!is_agreed(invocation)) {
            invocation.output.note("nothing was changed");
            return ExitCode::failed;
        }
    }
    // The hook first when it comes, and last when it goes: never a line without its file.
    apply(undo ? rc : hook);
    apply(undo ? hook : rc);
    invocation.output.note(undo ? "done; shells that are running keep the hook"
                                : "done; start a new shell");
    return ExitCode::done;
}

}  // namespace

constinit const Command setup_command{
    .name = "setup",
    .topic = Topic::shells,
    .summary = "make a shell read the hook whenever it starts, or no longer",
    .words = "[SHELL]",
    .most_words = 1,
    .completes = WordKind::shell,
    .options = options,
    .help =
        "Shows the lines that it adds to the shell's start-up file, asks, and writes\n"
        "them and the hook, a file of gov's own that they source. Without SHELL it is\n"
        "the one in $SHELL. --undo gives the file back as it was.",
    .run = run,
};

}  // namespace gov::commands
