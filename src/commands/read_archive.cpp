// SPDX-License-Identifier: Apache-2.0
#include "commands/all_commands.hpp"
#include "download/archive_reader.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace gov::commands {

namespace {

using base::ExitCode;
using download::ArchiveKind;

constexpr std::array options{
    Option{.name = "full", .value = "", .help = "also members that no toolchain module has"}};

int number_of_streams(const std::string& text) {
    int count = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (failure != std::errc{} || end != text.data() + text.size() || count < 1 || count > 64)
        throw base::Error{"read-archive is for gov alone", {}, ExitCode::usage};
    return count;
}

// What goes wrong is said on standard output, where download/unpacking.cpp looks for it.
ExitCode run(const Invocation& invocation) {
    const std::vector<std::string>& words = invocation.arguments.words;
    const int streams = number_of_streams(words[0]);
    try {
        if (words.size() == 1)
            download::read_archive(
                invocation.arguments.has("full") ? ArchiveKind::full_tarball : ArchiveKind::tarball,
                {}, streams);
        else
            download::read_archive(ArchiveKind::module_zip, words[1], streams);
    } catch (const std::exception& error) {
        invocation.output.result(base::full_message(error) + "\n" + base::hint_of(error));
        return base::exit_code_of(error);
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command read_archive_command{
    .name = "read-archive",
    .topic = Topic::toolchains,
    .summary = "read the archive on standard input for another gov",
    .words = "STREAMS [PREFIX]",
    .fewest_words = 1,
    .most_words = 2,
    .options = options,
    .help =
        "gov starts itself with this, so that who reads an archive has nothing else. The\n"
        "members go over so many streams; PREFIX is a module zip's.",
    .run = run,
    .internal = true,
};

}  // namespace gov::commands
