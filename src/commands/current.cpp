// SPDX-License-Identifier: Apache-2.0
#include "activation/goal.hpp"
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "commands/all_commands.hpp"

#include <array>

namespace gov::commands {

namespace {

using activation::Origin;
using activation::Selection;
using base::ExitCode;
using base::Json;

constexpr std::array options{json_option};

std::string_view name_of(Origin origin) {
    switch (origin) {
        case Origin::session:
            return "session";
        case Origin::pin:
            return "pin";
        case Origin::module:
            return "module";
        case Origin::fallback:
            return "default";
    }
    return {};
}

Json to_json(const Selection& selection, const std::optional<project::Floor>& missed) {
    Json::Object members{{"version", selection.version.name()},
                         {"origin", name_of(selection.origin)},
                         {"installed", selection.toolchain.has_value()}};
    if (!selection.file.empty()) members.emplace_back("file", selection.file.native());
    if (selection.line != 0)
        members.emplace_back("line", static_cast<std::int64_t>(selection.line));
    if (selection.toolchain) members.emplace_back("goroot", selection.toolchain->goroot.native());
    if (missed)
        members.emplace_back("missed_floor", Json::Object{{"version", missed->version.number()},
                                                          {"file", missed->file.native()}});
    return members;
}

ExitCode run(const Invocation& invocation) {
    const auto landmarks = activation::landmarks_of(invocation.directory.native());
    const auto selection = activation::select(landmarks, invocation.environment,
                                              store::Places::of(invocation.environment));
    if (!selection) throw activation::nothing_chosen();
    const auto missed = activation::missed_floor(*selection, landmarks);
    invocation.output.result(
        invocation.arguments.has("json")
            ? to_json(*selection, missed).write()
            : base::format("{} ({})\n", selection->version.name(), selection->reason()));
    if (missed) invocation.output.note(activation::describe_missed_floor(*selection, *missed));
    if (!selection->toolchain)
        invocation.output.note(activation::in_one_line(activation::not_installed(*selection)));
    return ExitCode::done;
}

}  // namespace

constinit const Command current_command{
    .name = "current",
    .summary = "print the version in effect here and what chose it",
    .options = options,
    .run = run,
};

}  // namespace gov::commands
