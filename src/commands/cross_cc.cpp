// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_c_options.hpp"
#include "commands/cross_request.hpp"
#include "commands/cross_running.hpp"
#include "cross/cgo/c_toolchain.hpp"
#include "cross/cgo/compiler_store.hpp"
#include "cross/targets.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;
using base::Json;

constexpr auto options = joined_options(
    std::array{
        Option{.name = "from", .value = "PATH", .help = "install: its archive, wheel or directory"},
    },
    cross_compiler_options,
    std::array{
        json_option,
    });

cross::CompilerNeed need_of(const CrossRequest& request, const cross::Target& target) {
    return {target, settings_for(request.plan, target).c, request.plan.goroot,
            request.plan.go_version};
}

Json json_of(const cross::Target& target, const cross::CCompiler& compiler) {
    return Json::Object{{"target", target.str()},
                        {"cc", cross::name_of(compiler.kind)},
                        {"cc_version", base::or_null(compiler.version)},
                        {"cc_target", base::or_null(compiler.triple)},
                        {"cc_program", compiler.program.native()},
                        {"problem", Json{}}};
}

// For each target the compiler that a build would take, or why there is none.
ExitCode list(const Invocation& invocation, const std::vector<std::string>& patterns) {
    const CrossRequest request = cross_request(invocation);
    const cross::CompilerPlaces places = compiler_places(invocation.environment);
    std::vector<std::string> wanted = patterns;
    if (wanted.empty())
        wanted =
            request.plan.table.settings.targets.value_or(std::vector<std::string>{"@first-class"});
    Json::Array rows;
    std::string text;
    for (const cross::Target& target :
         cross::expand_targets(wanted, cross::known_targets(request.plan.goroot))) {
        cross::CompilerNeed need = need_of(request, target);
        need.settings = cross::effective_settings(need);
        try {
            const cross::CCompiler compiler = cross::require_c_compiler(need, places);
            rows.push_back(json_of(target, compiler));
            text += base::format("{:<18} {:<14} {:<28} {}\n", target.str(), compiler.name(),
                                 compiler.triple.empty() ? "-" : compiler.triple,
                                 base::printable(compiler.program.native()));
        } catch (const Error& error) {
            if (error.code() == ExitCode::interrupted) throw;
            rows.push_back(Json::Object{{"target", target.str()},
                                        {"cc", Json{}},
                                        {"problem", error.what()},
                                        {"hint", base::or_null(error.hint())}});
            text += base::format("{:<18} none: {}\n", target.str(), error.hint());
        }
    }
    invocation.output.result(invocation.arguments.has("json") ? Json{std::move(rows)}.write()
                                                              : text);
    return ExitCode::done;
}

ExitCode install(const Invocation& invocation, const std::vector<std::string>& what) {
    const auto from = invocation.arguments.value("from");
    if (what != std::vector<std::string>{"zig"} || !from)
        throw Error{"gov cross cc install puts zig in place, from a file or directory",
                    "as in: gov cross cc install zig --from zig-x86_64-linux-0.15.2.tar.xz",
                    ExitCode::usage};
    const auto places = compiler_places(invocation.environment);
    const auto zig =
        cross::install_zig(invocation.directory / std::filesystem::path{*from}, places.installed);
    invocation.output.note(base::format("zig {} is installed, {}", zig.version, zig.hash));
    invocation.output.result(zig.program.native() + "\n");
    return ExitCode::done;
}

ExitCode path(const Invocation& invocation, const std::vector<std::string>& patterns) {
    const CrossRequest request = cross_request(invocation);
    const auto targets = cross::expand_targets(patterns, cross::known_targets(request.plan.goroot));
    if (patterns.empty() || targets.size() != 1)
        throw Error{"gov cross cc path needs one target", "as in: gov cross cc path linux/arm64",
                    ExitCode::usage};
    const auto toolchain = cross::make_c_toolchain(need_of(request, targets[0]),
                                                   compiler_places(invocation.environment));
    invocation.output.result((toolchain.folder / toolchain.variables.front().second).native() +
                             "\n");
    return ExitCode::done;
}

ExitCode run(const Invocation& invocation) {
    const auto& words = invocation.arguments.words;
    const std::vector<std::string> rest{words.begin() + 1, words.end()};
    if (words[0] == "list") return list(invocation, rest);
    if (words[0] == "install") return install(invocation, rest);
    if (words[0] == "path") return path(invocation, rest);
    throw Error{base::format("gov cross cc cannot {}", base::printable(words[0])),
                "it can list, install and path", ExitCode::usage};
}

}  // namespace

constinit const Command cross_cc_command{
    .name = "cross cc",
    .topic = Topic::cross,
    .summary = "show, install or name the C compilers of cross builds",
    .words = "list [TARGET]... | install zig | path TARGET",
    .fewest_words = 1,
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "list: the compiler that a build would take for each target, or what to install.\n"
        "install zig --from: puts a zig below gov's home and records the hash of all its\n"
        "files; another content for the same version is refused. path: the command that\n"
        "compiles C for the target, to be used as CC elsewhere.",
    .run = run,
};

}  // namespace gov::commands
