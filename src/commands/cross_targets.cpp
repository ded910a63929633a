// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/or_null.hpp"
#include "commands/all_commands.hpp"
#include "cross/artifact/artifact_rules.hpp"
#include "cross/targets.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::array options{
    Option{.name = "first-class", .value = "", .help = "only Go's first-class ports"},
    json_option,
};

ExitCode run(const Invocation& invocation) {
    const auto selection = activation::require_selection(
        invocation.directory, invocation.environment, store::Places::of(invocation.environment));
    auto targets = cross::known_targets(selection.require_toolchain().goroot);
    if (invocation.arguments.has("first-class"))
        std::erase_if(targets, [](const auto& target) { return !cross::is_first_class(target); });
    const auto defaults = cross::expand_targets({}, targets);
    Json::Array list;
    std::string text;
    for (const toolchain::Platform& target : targets) {
        const bool is_default =
            std::ranges::find(defaults, cross::Target{target}) != defaults.end();
        const std::string variants = cross::Target{target}.variant_setting();
        list.push_back(Json::Object{{"target", target.str()},
                                    {"first_class", cross::is_first_class(target)},
                                    {"default", is_default},
                                    {"format", cross::name_of(cross::format_for(target.os))},
                                    {"variants", base::or_null(variants)}});
        text += base::format("{:<18} {:<6} {:<11} {:<9} {}", target.str(),
                             cross::name_of(cross::format_for(target.os)),
                             cross::is_first_class(target) ? "first class" : "",
                             is_default ? "default" : "", variants);
        text.erase(text.find_last_not_of(' ') + 1);
        text += '\n';
    }
    invocation.output.result(invocation.arguments.has("json") ? Json{std::move(list)}.write()
                                                              : text);
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_targets_command{
    .name = "cross targets",
    .topic = Topic::cross,
    .summary = "list the targets that the toolchain in effect can build for",
    .options = options,
    .help =
        "With the format of their programs, whether Go supports them first, which are\n"
        "built where none is named, and the setting that chooses a processor's variant.",
    .run = run,
};

}  // namespace gov::commands
