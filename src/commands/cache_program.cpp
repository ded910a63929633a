// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "cache/serve.hpp"
#include "commands/all_commands.hpp"
#include "cross/build_environment.hpp"

#include <array>
#include <csignal>

#include <unistd.h>

namespace gov::commands {

namespace {

using base::ExitCode;

constexpr std::array options{
    Option{.name = "report", .value = "FILE", .help = "append what was found to FILE, as JSON"},
    Option{.name = "project-remote",
           .value = "URL",
           .help = "the cache that a project asks for; gets no token"},
    Option{.name = "project-mode", .value = "MODE", .help = "what the project wants of it"},
};

// Whatever is wrong with the configuration, the build goes on with the cache of this machine.
cache::Settings settings_of(const Invocation& invocation, const std::filesystem::path& local) {
    const auto given = [&](std::string_view option) {
        return std::string{invocation.arguments.value(option).value_or("")};
    };
    try {
        auto settings = cache::Settings::of(
            invocation.environment, store::Places::of(invocation.environment), local,
            {given("project-remote"), given("project-mode"), "--project-remote"});
        settings.local = local;  // go is told the same one
        return settings;
    } catch (const std::exception& error) {
        invocation.output.error(error);
        cache::Settings settings;
        settings.local = local;
        return settings;
    }
}

ExitCode run(const Invocation& invocation) {
    // Ctrl-C ends the go command, which then says close.
    std::signal(SIGINT, SIG_IGN);
    const std::string local = cross::build_cache_of(invocation.environment);
    const cache::Settings settings = settings_of(invocation, local);
    cache::serve(settings,
                 {.input = STDIN_FILENO,
                  .output = STDOUT_FILENO,
                  .report = std::string{invocation.arguments.value("report").value_or("")},
                  .note = [&](const std::string& line) { invocation.output.note(line); }});
    return ExitCode::done;
}

}  // namespace

constinit const Command cache_helper_command{
    .name = "cache helper",
    .topic = Topic::cross,
    .summary = "serve the go command's GOCACHEPROG from a shared cache",
    .options = options,
    .help =
        "For the go command from 1.24 on: GOCACHEPROG=\"gov cache helper\" go build.\n"
        "Results come from Go's build cache on this machine, else from the shared cache\n"
        "of the user's config.toml; new ones are put there while the build goes on. When\n"
        "the shared cache fails, the build goes on without it.",
    .run = run,
};

}  // namespace gov::commands
