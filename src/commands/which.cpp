// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "toolchain/platform.hpp"

#include <unistd.h>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;

// The tool `name` of the toolchain in `goroot`: a command or one of `go tool`'s. Throws Error.
fs::path find_tool(const fs::path& goroot, const std::string& name) {
    const auto host = toolchain::Platform::host();
    const fs::path tools = goroot / "pkg" / "tool" / base::format("{}_{}", host.os, host.arch);
    if (name.find('/') == std::string::npos)
        for (const fs::path& directory : {goroot / "bin", tools}) {
            fs::path path = directory / name;
            std::error_code absent;
            if (fs::is_regular_file(path, absent) && ::access(path.c_str(), X_OK) == 0) return path;
        }
    throw base::Error{
        base::format("{} has no tool {}", goroot.filename().native(), base::printable(name)),
        base::format("its commands are in {}, its tools in {}", (goroot / "bin").native(),
                     tools.native())};
}

ExitCode run(const Invocation& invocation) {
    const auto& words = invocation.arguments.words;
    const auto selection = activation::require_selection(
        invocation.directory, invocation.environment, store::Places::of(invocation.environment));
    const fs::path path =
        find_tool(selection.require_toolchain().goroot, words.empty() ? "go" : words[0]);
    invocation.output.result(path.native() + "\n");
    return ExitCode::done;
}

}  // namespace

constinit const Command which_command{
    .name = "which",
    .topic = Topic::running,
    .summary = "print the path of go, or of another tool, in effect here",
    .words = "[TOOL]",
    .most_words = 1,
    .run = run,
};

}  // namespace gov::commands
