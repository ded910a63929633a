// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "trust/judgement.hpp"

#include <algorithm>
#include <array>

#include <time.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;
using trust::Record;

constexpr std::array options{json_option};

// How the record stands to what is there now: a Standing, "gone" or "broken".
std::string standing_of(const Record& record, const store::Places& places) {
    try {
        const auto text = project::read_pin_file(record.claim.path);
        if (!text) return "gone";
        const auto file = project::parse_project_file(record.claim.path, *text);
        const auto judgement =
            trust::judge(places, record.claim.path, *text, file, trust::watch_nothing);
        if (judgement.standing == trust::Standing::needless && record.word == Record::Word::denied)
            return "denied";
        return std::string{trust::name_of(judgement.standing)};
    } catch (const base::Error&) {
        return "broken";
    }
}

// RFC 3339, in UTC.
std::string date_of(std::int64_t seconds) {
    const time_t moment = seconds;
    struct tm parts{};
    std::array<char, 32> text{};
    if (::gmtime_r(&moment, &parts) == nullptr) return {};
    return {text.data(), ::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Json to_json(const Record& record, const std::string& standing) {
    const bool allowed = record.word == Record::Word::allowed;
    Json::Object members{{"path", base::printable(record.claim.path.native())},
                         {"said", allowed ? "allowed" : "denied"},
                         {"standing", standing},
                         {"at", date_of(record.said_at)},
                         {"any_owner", record.any_owner}};
    if (allowed) {
        Json::Array names;
        for (const auto& file : record.claim.files) names.emplace_back(base::printable(file.name));
        members.emplace_back("files", std::move(names));
        members.emplace_back("trust_hash", record.claim.trust_hash());
    }
    return members;
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    Json::Array list;
    std::string text;
    for (const Record& record : trust::records(places)) {
        const std::string standing = standing_of(record, places);
        if (invocation.arguments.has("json"))
            list.push_back(to_json(record, standing));
        else
            text +=
                base::format("{:<8}  {}\n", standing, base::printable(record.claim.path.native()));
    }
    invocation.output.result(invocation.arguments.has("json") ? Json{std::move(list)}.write()
                                                              : text);
    return ExitCode::done;
}

}  // namespace

constinit const Command trust_list_command{
    .name = "trust list",
    .topic = Topic::projects,
    .summary = "list what was said about projects' files",
    .options = options,
    .help =
        "Each with how it stands now: allowed, changed since, denied, foreign (others\n"
        "could change it), needless, broken, or gone.",
    .run = run,
};

}  // namespace gov::commands
