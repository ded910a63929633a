// SPDX-License-Identifier: Apache-2.0
#include "cross/build_facts.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/text_template.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

using base::Error;
using base::ExitCode;

constexpr std::array<std::string_view, 7> words{
    "version", "commit", "short_commit", "commit_date", "commit_time", "tag", "described"};

bool asks_git(std::string_view text) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(base::format("{{{}}}", word)) != std::string_view::npos;
    });
}

bool asks_git(const BuildSettings& settings) {
    return asks_git(settings.name.value_or("")) ||
           std::any_of(settings.variables.begin(), settings.variables.end(),
                       [](const auto& entry) { return asks_git(entry.second); });
}

bool asks_git(const CrossTable& table) {
    const auto any = [](const auto& tables) {
        return std::any_of(tables.begin(), tables.end(),
                           [](const auto& entry) { return asks_git(entry.second); });
    };
    return asks_git(table.version.value_or("")) || asks_git(table.settings) || any(table.builds) ||
           any(table.targets);
}

}  // namespace

std::string BuildFacts::value_of(std::string_view word) const {
    if (word == "version") return version;
    if (std::find(words.begin(), words.end(), word) == words.end())
        throw Error{base::format("{{{}}} stands for nothing", base::printable(word)),
                    "name, os, arch, variant, ext, id, version, commit, short_commit, commit_date, "
                    "commit_time, tag and described do",
                    ExitCode::usage};
    if (!source)
        throw Error{base::format("{{{}}} is asked for, but there is no commit", word),
                    "build in a git repository with a commit", ExitCode::usage};
    if (word == "commit") return source->commit;
    if (word == "short_commit") return source->commit.substr(0, 12);
    if (word == "commit_date") return source->commit_date;
    if (word == "commit_time") return source->commit_time;
    return word == "tag" ? source->tag : source->described;
}

BuildFacts find_facts(const CrossTable& table, const BuildSettings& flags,
                      const std::optional<std::string>& version,
                      const std::filesystem::path& directory,
                      const base::Environment& environment) {
    BuildFacts facts;
    if (asks_git(table) || asks_git(flags))
        facts.source = find_source_state(directory, environment);
    if (version)
        facts.version = *version;
    else if (table.version)
        facts.version = expand_template(
            *table.version, [&](std::string_view word) { return facts.value_of(word); });
    else if (facts.source)
        facts.version = facts.source->described;
    return facts;
}

}  // namespace gov::cross
