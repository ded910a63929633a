// SPDX-License-Identifier: Apache-2.0
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "trust/records.hpp"

#include <array>
#include <cerrno>

#include <sys/stat.h>

namespace gov::commands {

namespace {

using base::ExitCode;

constexpr std::array options{
    Option{.name = "dry-run", .value = "", .help = "say what would be forgotten, and keep it"}};

// Not merely out of sight, as on a disk that is not there at the moment.
bool is_gone(const std::filesystem::path& path) {
    struct stat status;
    return ::lstat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    std::string text;
    for (const trust::Record& record : trust::records(places)) {
        if (!is_gone(record.claim.path)) continue;
        if (!invocation.arguments.has("dry-run")) trust::remove_record(places, record.claim.path);
        text += base::printable(record.claim.path.native()) + "\n";
    }
    invocation.output.result(text);
    return ExitCode::done;
}

}  // namespace

constinit const Command trust_prune_command{
    .name = "trust prune",
    .topic = Topic::projects,
    .summary = "forget what was said about files that are gone",
    .options = options,
    .help = "Prints what it forgets. A file that comes back has to be allowed again.",
    .run = run,
};

}  // namespace gov::commands
