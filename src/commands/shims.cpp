// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"
#include "activation/stand_in.hpp"
#include "base/format.hpp"
#include "commands/all_commands.hpp"
#include "store/places.hpp"

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;

// The directory that is named, else gov's own.
fs::path shims_directory(const Invocation& invocation) {
    const auto& words = invocation.arguments.words;
    if (words.empty()) return store::Places::of(invocation.environment).shims();
    return (invocation.directory / words[0]).lexically_normal();
}

bool is_on_path(const fs::path& directory, const base::Environment& environment) {
    const std::string path = base::format(":{}:", environment.get("PATH").value_or(""));
    return path.find(base::format(":{}:", directory.native())) != std::string::npos;
}

ExitCode install(const Invocation& invocation) {
    const fs::path directory = shims_directory(invocation);
    activation::make_shims(directory, activation::lasting_path(invocation.environment),
                           activation::Replace::own_links);
    invocation.output.result(directory.native() + "\n");
    if (!is_on_path(directory, invocation.environment))
        invocation.output.note(base::format(
            "put it first on PATH for what is to use it: PATH={}:$PATH", directory.native()));
    return ExitCode::done;
}

ExitCode uninstall(const Invocation& invocation) {
    const fs::path directory = shims_directory(invocation);
    if (activation::remove_shims(directory) == 0)
        invocation.output.note(base::format("{} has no shims of gov", directory.native()));
    return ExitCode::done;
}

}  // namespace

constinit const Command shims_install_command{
    .name = "shims install",
    .topic = Topic::shells,
    .summary = "link go and gofmt to gov, for editors, cron and make",
    .words = "[DIRECTORY]",
    .most_words = 1,
    .completes = WordKind::file,
    .help =
        "Called as go or gofmt, gov runs that tool of the toolchain in effect in its\n"
        "working directory; go +1.21 test chooses another one. Without a DIRECTORY the\n"
        "links stand in gov's own, which is printed.",
    .run = install,
};

constinit const Command shims_uninstall_command{
    .name = "shims uninstall",
    .topic = Topic::shells,
    .summary = "remove the links that shims install has made",
    .words = "[DIRECTORY]",
    .most_words = 1,
    .completes = WordKind::file,
    .help = "Only links to gov are removed.",
    .run = uninstall,
};

}  // namespace gov::commands
