// SPDX-License-Identifier: Apache-2.0
#include "commands/current_json.hpp"

namespace gov::commands {

using activation::GoReason;
using activation::Origin;
using activation::Selection;
using base::Json;
using Source = activation::Statement::Source;

namespace {

std::string_view name_of(Origin origin) {
    switch (origin) {
        case Origin::command_line:
            return "command line";
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

Json::Object members_of(const Selection& selection) {
    Json::Object members{{"version", selection.version.name()},
                         {"origin", name_of(selection.origin)},
                         {"installed", selection.toolchain.has_value()}};
    if (!selection.file.empty()) members.emplace_back("file", selection.file.native());
    if (selection.line != 0)
        members.emplace_back("line", static_cast<std::int64_t>(selection.line));
    if (selection.toolchain) members.emplace_back("goroot", selection.toolchain->goroot.native());
    return members;
}

std::string_view name_of(Source source) {
    switch (source) {
        case Source::session:
            return "session";
        case Source::pin:
            return "pin";
        case Source::module:
            return "module";
        case Source::home_pin:
            return "home";
        case Source::fallback:
            return "default";
    }
    return {};
}

std::string_view name_of(GoReason reason) {
    switch (reason) {
        case GoReason::local:
            return "local";
        case GoReason::setting:
            return "GOTOOLCHAIN";
        case GoReason::toolchain_line:
            return "toolchain";
        case GoReason::go_line:
            return "go";
        case GoReason::toolchain_default:
            return "default";
    }
    return {};
}

Json to_json(const activation::Statement& statement) {
    Json::Object members{{"source", name_of(statement.source)},
                         {"says", statement.says},
                         {"decides", statement.decides}};
    if (!statement.file.empty()) members.emplace_back("file", statement.file.native());
    if (statement.line != 0)
        members.emplace_back("line", static_cast<std::int64_t>(statement.line));
    return members;
}

Json to_json(const activation::PlainGo& plain) {
    Json::Object members;
    if (plain.local) members.emplace_back("local", plain.local->name());
    members.emplace_back("gotoolchain", plain.setting);
    if (plain.file) members.emplace_back("file", plain.file->path.native());
    if (!plain.result.failure.empty()) {
        members.emplace_back("failure", plain.result.failure);
        return members;
    }
    if (!plain.result.toolchain.empty())
        members.emplace_back("toolchain", plain.result.toolchain);
    else if (plain.local)
        members.emplace_back("toolchain", plain.local->name());
    members.emplace_back("reason", name_of(plain.result.reason));
    return members;
}

}  // namespace

Json to_json(const Selection& selection, const std::optional<project::Floor>& missed) {
    Json::Object members = members_of(selection);
    if (missed)
        members.emplace_back("missed_floor", Json::Object{{"version", missed->version.number()},
                                                          {"file", missed->file.native()}});
    return members;
}

Json to_json(const activation::Explanation& explanation) {
    Json::Object members;
    if (explanation.selection) members = members_of(*explanation.selection);
    if (!explanation.problem.empty()) members.emplace_back("problem", explanation.problem);
    Json::Array chain;
    for (const auto& statement : explanation.statements) chain.push_back(to_json(statement));
    members.emplace_back("chain", std::move(chain));
    members.emplace_back("plain_go", to_json(explanation.plain));
    return members;
}

}  // namespace gov::commands
